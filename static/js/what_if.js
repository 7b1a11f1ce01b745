// The answer follows what is chosen: the page of the new address is fetched, and its answer put in place of the old one.
// Blank fields are left out of the address. Without this file the button does the same.
const form = document.querySelector("form[data-what-if]");
let newest = 0;

const address = () => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  return `${form.getAttribute("action")}?${asked}`;
};

const answer = async () => {
  const mine = ++newest;
  const url = address();
  const parts = () => document.querySelectorAll("[data-result]");
  parts().forEach((part) => part.setAttribute("aria-busy", "true"));
  try {
    const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
    if (mine !== newest) return;
    const fresh = page.querySelectorAll("[data-result]");
    if (fresh.length !== parts().length) throw new Error("another page");
    parts().forEach((part, index) => part.replaceWith(fresh[index]));
    history.replaceState(null, "", url);
  } catch {
    window.location.assign(url);
  }
};

form?.addEventListener("change", answer);
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});
