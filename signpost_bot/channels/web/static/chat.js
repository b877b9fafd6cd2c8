// Asks without reloading the page. Every form is posted as it stands; what comes back is the
// page that a browser without JavaScript would show, and its reply is moved into the log.
// Nothing that people or services wrote is put together into markup here.
"use strict";

const log = document.getElementById("log");
const box = document.getElementById("question");
const state = document.getElementById("state");
const problem = document.getElementById("problem");
const again = document.getElementById("again");

const PATIENCE = 20000; // milliseconds: a slow phone network, and somebody still waiting
const UNREACHABLE = "We could not reach Signpost. What you wrote is still here.";
// There, focus in the box brings up a keyboard that covers half of the reply.
const TOUCH_ONLY = window.matchMedia("(hover: none) and (pointer: coarse)");

let asking = false;
let lastForm = box.form;

document.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(event.target);
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(box.form);
});

again.addEventListener("click", () => ask(lastForm));

document.getElementById("leave").addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true; // at once, however slow the network is
  location.replace(event.currentTarget.href); // so that "Back" does not lead here
});

function ask(form) {
  if (asking) return;
  lastForm = form;
  wait(true);
  const request = new XMLHttpRequest(); // parses the page itself, and gives up after a time
  request.open("POST", form.action);
  request.responseType = "document";
  request.timeout = PATIENCE;
  request.onload = () => show(request.response, form);
  request.onerror = request.ontimeout = () => complain(UNREACHABLE, true);
  request.onloadend = () => wait(false);
  request.send(new URLSearchParams(new FormData(form)));
}

function wait(busy) {
  asking = busy;
  box.readOnly = busy; // not disabled: that would drop the focus
  state.textContent = busy ? "Looking…" : "";
  if (busy) complain("", false);
}

function show(page, form) {
  const reply = page && page.querySelector(".exchange");
  if (!reply) {
    const reason = page && page.getElementById("problem");
    complain(reason ? reason.textContent : UNREACHABLE, !reason);
    return;
  }
  log.append(document.adoptNode(reply)); // in one piece, so that it is read out once
  for (const name of ["area", "about", "topic"]) {
    document.getElementById(name).value = page.getElementById(name).value;
  }
  if (form === box.form) box.value = "";
  const examples = document.getElementById("examples");
  if (examples) examples.remove();
  backToTheBox();
  reply.scrollIntoView();
}

function complain(sentence, mayTryAgain) {
  problem.textContent = sentence;
  again.hidden = !mayTryAgain;
  if (!sentence) return;
  backToTheBox();
  problem.scrollIntoView({ block: "center" });
}

function backToTheBox() {
  if (!TOUCH_ONLY.matches) box.focus({ preventScroll: true });
}
