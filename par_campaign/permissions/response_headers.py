"""What a browser is told about the answers of the site.

On pages only what breaks no other app: no plug-ins, no other base for relative addresses, no page of another
site around ours. What is there already stays: a web form that may be embedded names its own frame-ancestors.
"""

CSP = "Content-Security-Policy"
FRAMES = {"frame-ancestors": "'self'"}
PAGES = {"object-src": "'none'", "base-uri": "'self'", **FRAMES}
# Documents made here are handed out to be read, not to run. A browser's own PDF viewer needs to run, and is none
# of the site's pages.
HANDED_OUT = {"default-src": "'none'", "sandbox": "", **FRAMES}
MADE_HERE = "/api/method/par_campaign.documents.download"


def add(response, request) -> None:
	"""`after_request` hook: complete the policy of an answer. A refusal by werkzeug has none to complete."""
	if response is None:
		return
	made_here = request.path.startswith(MADE_HERE)
	if made_here:
		response.headers["X-Content-Type-Options"] = "nosniff"
	if response.mimetype == "application/pdf":
		_complete(response, FRAMES)
	elif made_here:
		_complete(response, HANDED_OUT)
	elif response.mimetype == "text/html":
		_complete(response, PAGES)


def _complete(response, wanted: dict[str, str]) -> None:
	stated = [part.strip() for part in response.headers.get(CSP, "").split(";") if part.strip()]
	named = {part.split()[0].lower() for part in stated}
	missing = [f"{name} {value}".strip() for name, value in wanted.items() if name not in named]
	response.headers[CSP] = "; ".join([*stated, *missing])
