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

// What a form holds that saves itself: what people wrote in it, without hidden and confidential fields.
const written = (form) => {
  const never = (form.dataset.never ?? "").split(" ");
  return [...form.elements]
    .filter((field) => field.name && !["hidden", "file", "password", "submit"].includes(field.type) && !never.includes(field.name))
    .map((field) => [field.name, field.value, field.checked ?? false]);
};

// A form that is saved as a draft carries the draft's key, made with the form.
const draftOf = (form) => form.elements.draft?.value ?? "";

// Until the server has it, what was typed stays in this tab: a session that ends while somebody writes loses nothing.
const KEPT = "unsaved:";
const kept = {
  place: (form) => `${KEPT}${form.dataset.keeper}:${form.dataset.autosave}`,
  read: (form) => JSON.parse(sessionStorage.getItem(kept.place(form)) ?? "null"),
  drop: (form) => sessionStorage.removeItem(kept.place(form)),
  keep: (form, sent = false) => {
    if (!form.dataset.keeper) return; // whose it is has to be known
    const entry = { version: form.elements.version.value, draft: draftOf(form), fields: written(form), sent };
    sessionStorage.setItem(kept.place(form), JSON.stringify(entry));
  },
  all: () => Object.keys(sessionStorage).filter((name) => name.startsWith(KEPT)),
};

// On the page of the sign-in, what was sent has not arrived; who signs out leaves nothing behind.
if (document.querySelector("[data-sign-in]")) {
  kept.all().forEach((name) => {
    sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name)), sent: false }));
  });
}
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) kept.all().forEach((name) => sessionStorage.removeItem(name));
});

const fill = (form, entry) => {
  entry.fields.forEach(([name, value, checked]) => {
    const same = [...form.elements].filter((field) => field.name === name);
    const box = same.find((field) => ["radio", "checkbox"].includes(field.type) && field.value === value);
    if (box) box.checked = checked;
    else if (same.length === 1) same[0].value = value;
  });
  if (form.elements.draft) form.elements.draft.value = entry.draft;
  form.elements.version.value = entry.version; // somebody may have saved since: then both texts are shown
};

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const offer = document.querySelector("[data-restore]");
  const entry = kept.read(form);
  if (!offer || !entry) return;
  const arrived = entry.sent && (entry.version !== form.elements.version.value || entry.draft !== draftOf(form));
  const same = JSON.stringify(entry.fields) === JSON.stringify(written(form));
  if (arrived || same) return kept.drop(form);
  offer.hidden = false;
  offer.querySelector("[data-take]").addEventListener("click", () => {
    fill(form, entry);
    offer.hidden = true;
    form.dispatchEvent(new Event("input"));
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  });
  offer.querySelector("[data-drop]").addEventListener("click", () => {
    kept.drop(form);
    offer.hidden = true;
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
    if (said?.place) {
      kept.drop(form); // from now on this text has the draft's own place, here and in the address
      form.dataset.autosave = said.place.save;
      history.replaceState(null, "", said.place.page);
    }
    const typed = [...body].filter(([name]) => name !== "autosave" && name !== "version");
    const now = [...new FormData(form)].filter(([name]) => name !== "version");
    if (said?.whole && JSON.stringify(typed) === JSON.stringify(now)) kept.drop(form);
    else kept.keep(form); // with the version that the text now stands on
    if (told) told.textContent = said?.text ?? told.dataset.failed;
  };
  form.addEventListener("input", () => {
    kept.keep(form);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const mine = (saving ?? Promise.resolve()).then(save); // one after the other: each needs the version of the last
      saving = mine;
      mine.finally(() => saving === mine && (saving = null));
    }, 4000);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    kept.keep(form, true);
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

// The plan's chart opens where today is.
document.querySelectorAll(".gantt[data-today]").forEach((chart) => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (chart.dataset.today) chart.scrollLeft = (Number(chart.dataset.today) / 16) * rem - chart.clientWidth / 3;
});
