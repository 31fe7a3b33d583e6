"""What has been changed in a campaign, by whom, from what, to what and why: read from what the platform keeps."""
