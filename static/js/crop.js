// The frame of a portrait is moved and resized on the picture; the three sliders say the same and are what is sent.
const form = document.querySelector("form[data-crop]");
const stage = form.querySelector(".stage");
const [width, height] = stage.getAttribute("viewBox").split(" ").slice(2).map(Number);
const sliders = ["size", "across", "down"].map((name) => form.elements[name]);
const [size, across, down] = sliders;
const RATIO = 4 / 3;
const largest = Math.min(width, height / RATIO);

const within = (value, least, most) => Math.min(Math.max(value, least), most);
const share = (part, whole, otherwise) => (whole > 0.5 ? within((part / whole) * 100, 0, 100) : otherwise);

const frame = () => {
  const wide = (largest * Number(size.value)) / 100;
  const high = wide * RATIO;
  return { wide, high, left: ((width - wide) * across.value) / 100, top: ((height - high) * down.value) / 100 };
};

const draw = () => {
  const { wide, high, left, top } = frame();
  const set = (selector, attributes) =>
    Object.entries(attributes).forEach(([name, value]) => stage.querySelector(selector).setAttribute(name, value));
  set(".frame", { x: left, y: top, width: wide, height: high });
  set(".shade", { d: `M0 0H${width}V${height}H0ZM${left} ${top}h${wide}v${high}h${-wide}Z` });
  const dot = 10 / stage.getScreenCTM().a; // a finger finds it, whatever the picture's size
  set(".corner", { cx: left + wide - dot / 2, cy: top + high - dot / 2, r: dot });
};

const place = (left, top) => {
  const { wide, high } = frame();
  across.value = share(left, width - wide, across.value);
  down.value = share(top, height - high, down.value);
  draw();
};

// Its upper left corner stays where it is, as far as there is room.
const resize = (wide) => {
  const { left, top } = frame();
  size.value = within((wide / largest) * 100, Number(size.min), 100);
  place(left, top);
};

const point = (event) => {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(stage.getScreenCTM().inverse());
  return [at.x, at.y];
};

let pull = null; // what a pointer does while it is down
stage.addEventListener("pointerdown", (event) => {
  const [x, y] = point(event);
  const { left, top } = frame();
  const corner = event.target.closest(".corner");
  pull = corner ? ([to]) => resize(to - left) : ([toX, toY]) => place(left + toX - x, top + toY - y);
  stage.setPointerCapture(event.pointerId);
});
stage.addEventListener("pointermove", (event) => pull?.(point(event)));
["pointerup", "pointercancel"].forEach((name) => stage.addEventListener(name, () => (pull = null)));

const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
stage.addEventListener("keydown", (event) => {
  const step = (event.shiftKey ? 0.05 : 0.01) * Math.max(width, height);
  const { wide, left, top } = frame();
  if (moves[event.key]) place(left + moves[event.key][0] * step, top + moves[event.key][1] * step);
  else if (["+", "="].includes(event.key)) resize(wide + step);
  else if (event.key === "-") resize(wide - step);
  else return;
  event.preventDefault();
});

sliders.forEach((slider) => slider.addEventListener("input", draw));
stage.tabIndex = 0;
stage.setAttribute("role", "application");
stage.setAttribute("aria-label", stage.dataset.label);
form.querySelector("[data-look]").hidden = true; // the frame follows at once
draw();
