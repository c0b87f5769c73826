// What is wrong with the layout of the page: texts that must stay on one line and do not, elements that reach beyond the
// window, and neighbours that overlap.
() => {
  const range = document.createRange();
  const rectangles = (node) => {
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  };
  const lines = (node) => new Set(rectangles(node).map((box) => Math.round(box.top))).size;
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());

  const broken = visible(".badge, button, .number, .time, .left, .count, th, label, h2")
    .flatMap((element) => [...element.childNodes])
    .filter((node) => node.nodeType === Node.TEXT_NODE && lines(node) > 1)
    .map((node) => node.textContent);

  const outside = visible("main *")
    .filter((one) => !one.closest(".sr, thead, pre"))
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map((one) => one.outerHTML.slice(0, 80));

  const box = (element) => {
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };
  const across = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 6 && b.top < a.bottom - 6;
  const overlapping = visible("td, li > *, summary > *")
    .filter((one) => one.textContent)
    .filter((one) => [...one.parentElement.children].some((other) => one !== other && other.textContent && across(box(one), box(other))))
    .map((one) => one.textContent);

  return { broken, outside, overlapping };
}
