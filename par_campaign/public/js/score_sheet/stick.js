// Keeps the toolbar and the table's head below the page's own sticky heads, which move as one scrolls.

const HEADS = [".navbar", ".page-head", ".form-tabs-list"];

export function stick(toolbar, head) {
	const place = () => {
		if (!toolbar.isConnected || !toolbar.offsetParent) return;
		const top = Math.round(
			Math.max(0, ...heads_above(toolbar).map((head) => getComputedTop(head) + head.offsetHeight))
		);
		toolbar.style.top = `${top - 1}px`;
		head.style.top = `${top - 1 + toolbar.offsetHeight}px`;
	};
	const later = () => requestAnimationFrame(place);
	window.addEventListener("scroll", later, { passive: true });
	window.addEventListener("resize", later);
	document.addEventListener("transitionend", later);
	const watch = new ResizeObserver(later);
	watch.observe(toolbar);
	later();
	return () => {
		window.removeEventListener("scroll", later);
		window.removeEventListener("resize", later);
		document.removeEventListener("transitionend", later);
		watch.disconnect();
	};
}

function heads_above(toolbar) {
	const page = toolbar.closest(".page-container");
	const found = HEADS.map((name) => page?.querySelector(name) || document.querySelector(name));
	return found.filter((head) => head && (head.offsetParent || head.matches(".navbar")));
}

// Where a sticky element stands once it sticks: the `top` it was given.
function getComputedTop(element) {
	const top = parseFloat(getComputedStyle(element).top);
	return Number.isFinite(top) ? top : 0;
}
