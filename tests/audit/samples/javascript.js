// What semgrep finds by dev/audit/rules/javascript.yml, and what it leaves. Never loaded.
function show(node, row) {
	// ruleid: markup-from-data
	$(node).html(row.title);
	// ruleid: markup-from-data
	$(node).html(`<b>${row.title}</b>`);
	// ruleid: markup-from-data
	node.innerHTML = row.title;
	// ruleid: markup-from-data
	node.innerHTML += row.title;
	// ruleid: markup-from-data
	node.insertAdjacentHTML("beforeend", row.title);
	// ruleid: markup-from-data
	$(`<span class="${row.colour}"></span>`);
	// ok: markup-from-data
	$(node).html("<b></b>");
	// ok: markup-from-data
	$(node).text(row.title);
	// ok: markup-from-data
	node.innerHTML = "";
	// ruleid: script-from-text
	eval(row.title);
	// ruleid: script-from-text
	return new Function(row.title);
}
