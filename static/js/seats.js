// Totals of the seats table follow what is typed. Saving counts anew.
const cells = [...document.querySelectorAll("input[data-row]")];
const sum = (some) => some.reduce((whole, cell) => whole + (Number(cell.value) || 0), 0);
const counted = cells.filter((cell) => cell.dataset.column !== "apart");

const show = (target, number) => {
  if (target) target.textContent = number.toLocaleString(document.documentElement.lang);
};

const tell = () => {
  document.querySelectorAll("[data-row-total]").forEach((total) => {
    show(total, sum(counted.filter((cell) => cell.dataset.row === total.dataset.rowTotal)));
  });
  show(document.querySelector("[data-units-total]"), sum(counted.filter((cell) => cell.dataset.row !== "ministry")));
  show(document.querySelector("[data-all-total]"), sum(counted));
};

document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-row]")) tell();
});
