"""Many documents in one file, each as PDF and Word."""
