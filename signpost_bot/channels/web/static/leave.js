// The way out, on every page. Without this it is an ordinary link.
"use strict";

document.getElementById("leave").addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true; // at once, however slow the network is
  location.replace(event.currentTarget.href); // so that "Back" does not lead here
});
