"""The policy a browser gets with pages and documents."""

import pytest
import site_factories as f
from site_browser import Browser
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from par_campaign.permissions import response_headers


def answered(path: str, mimetype: str, policy: str | None = None) -> Response:
	response = Response("", mimetype=mimetype)
	if policy:
		response.headers["Content-Security-Policy"] = policy
	response_headers.add(response, Request(EnvironBuilder(path=path).get_environ()))
	return response


def policy_of(answer) -> dict[str, str]:
	parts = [
		part.strip().partition(" ") for part in answer.headers.get("Content-Security-Policy", "").split(";")
	]
	return {name: value for name, _, value in parts if name}


def test_what_a_page_has_stated_itself_stays():
	policy = policy_of(answered("/form", "text/html", "frame-ancestors 'self' https://a.example"))
	assert policy["frame-ancestors"] == "'self' https://a.example" and policy["object-src"] == "'none'"


@pytest.mark.parametrize("mimetype", ["application/json", "text/css", "image/png"])
def test_what_is_no_page_is_left_alone(mimetype):
	assert not policy_of(answered("/api/method/x", mimetype))


def test_desk_and_website_get_the_narrow_policy(live):
	for answer in (Browser(f.LEAD).get("/app"), Browser(f.LEAD).get("/login")):
		policy = policy_of(answer)
		assert policy["object-src"] == "'none'" and policy["base-uri"] == "'self'", answer.status
		assert policy["frame-ancestors"] == "'self'"
		assert "script-src" not in policy and "default-src" not in policy  # other apps' scripts run as before


def test_documents_made_here_run_nothing(live):
	lead, wanted = Browser(f.LEAD), {"kind": "scorecard", "filters": f'{{"scorecard": "{live}-TA"}}'}
	for format, sandboxed in (("pdf", False), ("docx", True)):
		answer = lead.get("/api/method/par_campaign.documents.download", format=format, **wanted)
		assert answer.status_code == 200, answer.text[:300]
		policy = policy_of(answer)
		assert policy["frame-ancestors"] == "'self'" and ("sandbox" in policy) is sandboxed
		assert answer.headers["X-Content-Type-Options"] == "nosniff"
