// The map, made larger and smaller: by buttons, and by + - 0 while the picture has the focus. Arrow keys scroll it anyway.
const view = document.getElementById("view");
const picture = view.querySelector("svg");
const size = document.getElementById("size");
const full = picture.viewBox.baseVal.width;
const STEP = 1.25, LEAST = 0.1, MOST = 4;

const whole = () => (view.clientWidth - 2) / full;
let zoom = Math.max(whole(), 0.5);

function show(next) {
  const before = zoom;
  zoom = Math.min(MOST, Math.max(LEAST, next));
  const grown = zoom / before;
  const [x, y] = [view.scrollLeft + view.clientWidth / 2, view.scrollTop + view.clientHeight / 2];
  picture.style.width = `${full * zoom}px`;
  picture.style.height = "auto";
  view.scrollTo(x * grown - view.clientWidth / 2, y * grown - view.clientHeight / 2); // what is in the middle stays there
  size.textContent = `${Math.round(zoom * 100)} %`;
}

const ways = { in: () => show(zoom * STEP), out: () => show(zoom / STEP), whole: () => show(whole()) };
const keys = { "+": "in", "=": "in", "-": "out", 0: "whole" };

document.getElementById("buttons").hidden = false;
document.getElementById("buttons").addEventListener("click", ({ target }) => ways[target.closest("button")?.dataset.zoom]?.());
view.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  ways[keys[event.key]]();
});
show(zoom);
view.scrollTo(0, Math.max(0, (picture.clientHeight - view.clientHeight) / 2));
