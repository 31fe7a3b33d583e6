// One port for a browser: /socket.io goes to Frappe's realtime server, all else to gunicorn.
// What nginx does for a bench in production, as short as a demo needs it.
// Usage: node front.js ADDRESS PORT GUNICORN_PORT SOCKETIO_SOCKET_PATH

const http = require("node:http");
const net = require("node:net");

const [address, port, web, live] = process.argv.slice(2);

function isLive(request) {
	return request.url.startsWith("/socket.io");
}

function headers(request) {
	const out = { ...request.headers };
	// Set, never passed on: a visitor must choose neither the site nor the address that Frappe sees.
	delete out["x-frappe-site-name"];
	out["x-forwarded-for"] = request.socket.remoteAddress;
	out["x-forwarded-proto"] = "http";
	// A page's own GET carries no Origin, which the realtime server asks for; another site's always does.
	if (isLive(request) && request.headers.host) {
		out.origin = out.origin || `http://${request.headers.host}`;
	}
	return out;
}

const server = http.createServer((request, response) => {
	const upstream = http.request(
		{
			...(isLive(request) ? { socketPath: live } : { host: "127.0.0.1", port: Number(web) }),
			method: request.method,
			path: request.url,
			headers: headers(request),
		},
		(answer) => {
			response.writeHead(answer.statusCode, answer.rawHeaders);
			answer.pipe(response);
		}
	);
	upstream.on("error", () => {
		if (!response.headersSent) response.writeHead(502, { "content-type": "text/plain" });
		response.end("The site is starting or has stopped.\n");
	});
	response.on("close", () => upstream.destroy());
	request.pipe(upstream);
});

server.on("upgrade", (request, socket, head) => {
	if (!isLive(request)) return socket.destroy();
	const upstream = net.connect(live, () => {
		const lines = Object.entries(headers(request)).map(([name, value]) => `${name}: ${value}`);
		upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
		upstream.write(head);
		upstream.pipe(socket).pipe(upstream);
	});
	upstream.on("error", () => socket.destroy());
	socket.on("error", () => upstream.destroy());
	socket.on("close", () => upstream.destroy());
});

server.listen(Number(port), address);
