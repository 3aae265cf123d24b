// Sends files with progress. Without it the browser sends the form by itself.

/** @param {HTMLFormElement} form */
function watchUpload(form) {
  const box = form.querySelector(".progress");
  const bar = box?.querySelector("progress");
  const words = box?.querySelector("p");
  if (!(box instanceof HTMLElement) || !bar || !words) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const started = Date.now();
    const request = new XMLHttpRequest();
    request.upload.onprogress = (sent) => {
      bar.value = (100 * sent.loaded) / sent.total;
      words.textContent = `${box.dataset.sending} ${Math.round(bar.value)} %`;
    };
    const tell = () => (words.textContent = `${box.dataset.reading} (${Math.round((Date.now() - started) / 1000)} s)`);
    let ticking = 0;
    request.upload.onload = () => {
      bar.removeAttribute("value");
      tell();
      ticking = window.setInterval(tell, 1000);
    };
    request.onloadend = () => {
      window.clearInterval(ticking);
      if (request.status && request.status < 300) window.location.assign(request.responseURL);
      else showPage(request.responseText);
    };
    box.hidden = false;
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}

/**
 * Puts the main part of an answer that is no redirect (a refusal) in the place of this one.
 * @param {string} text
 */
function showPage(text) {
  const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  const here = document.querySelector("main");
  if (!main || !here) return window.location.reload();
  here.replaceWith(main);
  const summary = main.querySelector("[data-take-focus]");
  if (summary instanceof HTMLElement) summary.focus();
  watchAll();
}

function watchAll() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    if (form instanceof HTMLFormElement) watchUpload(form);
  }
}

watchAll();
