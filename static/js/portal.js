// Small comforts. Everything works without them.

// What is wrong in a sent form is what is read first.
document.querySelector("[data-focus]")?.focus();

// "/" leads to the search, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
  const field = document.querySelector("[data-search]");
  if (field?.checkVisibility?.() ?? field) {
    event.preventDefault();
    field.focus();
  }
});

// An act that cannot be undone asks once more.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// An open menu closes on Escape and on a click elsewhere.
const menus = "details.user, details.drawer, details.filters";
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll(menus).forEach((menu) => (menu.open = false));
});
document.addEventListener("click", (event) => {
  document.querySelectorAll(menus).forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// "Đã chọn 2 / 2" under a list of which some may be picked.
document.querySelectorAll("[data-picks]").forEach((list) => {
  const most = Number(list.dataset.picks);
  const shown = document.querySelector("[data-picked]");
  const tell = () => {
    const picked = list.querySelectorAll("input:checked").length;
    if (shown) shown.textContent = String(picked);
    list.querySelectorAll("input:not(:checked)").forEach((box) => (box.disabled = picked >= most));
  };
  list.addEventListener("change", tell);
  tell();
});

// "Chọn cả trang": one box for all boxes of the page.
document.querySelectorAll("[data-check-all]").forEach((box) => {
  box.addEventListener("change", () => {
    document.querySelectorAll(`input[name="${box.dataset.checkAll}"]`).forEach((one) => (one.checked = box.checked));
  });
});

// A draft saves itself: four seconds after the last key, to the form's own address.
document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const told = form.querySelector("[data-saved]");
  let timer;
  let saving = null; // the save that is under way
  const save = async () => {
    const body = new FormData(form);
    body.append("autosave", "1");
    form.querySelectorAll("input[type=file]").forEach((field) => body.delete(field.name)); // sent once, with the button
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "error" }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (said?.version) form.elements.version.value = said.version;
    if (told) told.textContent = said?.text ?? told.dataset.failed;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const mine = (saving ?? Promise.resolve()).then(save); // one after the other: each needs the version of the last
      saving = mine;
      mine.finally(() => saving === mine && (saving = null));
    }, 4000);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault(); // a save that is under way would make this one look like somebody else's
    await saving;
    setTimeout(() => form.requestSubmit(event.submitter)); // not within the event that was stopped
  });
});

// A job's page looks again by itself.
document.querySelectorAll("[data-poll]").forEach((box) => {
  const look = async () => {
    const answer = await fetch(box.dataset.poll, { headers: { "X-Part": "1" } }).catch(() => null);
    if (answer?.redirected) return location.reload(); // signed out meanwhile
    if (answer?.ok) box.innerHTML = await answer.text();
    if (box.querySelector("[data-ended]")) location.reload();
    else setTimeout(look, 800);
  };
  if (!box.querySelector("[data-ended]")) setTimeout(look, 800);
});
