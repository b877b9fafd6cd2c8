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
let last = [box.form, null];

document.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  // Old browsers do not tell us which button it was. They post that form themselves.
  if (says(event.target) && !pressed) return;
  event.preventDefault();
  ask(event.target, pressed);
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(box.form);
});

again.addEventListener("click", () => ask(...last));

// Whether a form tells us something, rather than asks.
function says(form) {
  return form.closest(".feedback") !== null;
}

function ask(form, pressed) {
  if (asking) return;
  last = [form, pressed];
  wait(says(form) ? "Sending…" : "Looking…");
  const fields = new URLSearchParams(new FormData(form));
  if (pressed && pressed.name) fields.append(pressed.name, pressed.value);
  const request = new XMLHttpRequest(); // parses the page itself, and gives up after a time
  request.open("POST", form.action);
  request.responseType = "document";
  request.timeout = PATIENCE;
  request.onload = () => show(request.response, form);
  request.onerror = request.ontimeout = () => complain(UNREACHABLE, true);
  request.onloadend = () => wait("");
  request.send(fields);
}

function wait(saying) {
  asking = saying !== "";
  box.readOnly = asking; // not disabled: that would drop the focus
  state.textContent = saying;
  if (asking) complain("", false);
}

function show(page, form) {
  const told = page && page.getElementById("told");
  if (told) {
    thank(form, told.textContent);
    return;
  }
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

// In place of the buttons. The focus was on one of them: it goes to what is read instead.
function thank(form, sentence) {
  const told = form.nextElementSibling;
  told.setAttribute("role", "status");
  told.textContent = sentence;
  told.tabIndex = -1;
  told.focus({ preventScroll: true });
  form.remove();
  told.scrollIntoView({ block: "nearest" });
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
