// Keeps the toolbar and the table's head below the form's own sticky head, which moves as one scrolls.

export function stick(toolbar, head) {
	const place = () => {
		if (!toolbar.isConnected || !toolbar.offsetParent) return;
		const tabs = document.querySelector(".page-container:not([style*='display: none']) .form-tabs-list");
		const above = tabs?.offsetParent ? tabs : document.querySelector(".navbar");
		const top = Math.max(0, Math.round(getComputedTop(above) + above.offsetHeight));
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

// Where a sticky element stands once it sticks: the `top` it was given.
function getComputedTop(element) {
	const top = parseFloat(getComputedStyle(element).top);
	return Number.isFinite(top) ? top : 0;
}
