// The board on the wall looks every five minutes whether the system answers, and then loads itself anew.
// While nothing answers the old numbers stay, with their time; an ended login leads to the login page.
(function () {
  "use strict";
  var EVERY = 5 * 60 * 1000, AGAIN = 30 * 1000;
  var stale = document.querySelector("[data-wall-stale]");

  function look() {
    fetch(window.location.href, { credentials: "same-origin", cache: "no-store" }).then(
      function (answer) {
        if (answer.redirected) { window.location.assign(answer.url); return; }
        if (answer.ok) { window.location.reload(); return; }
        retry();
      },
      retry
    );
  }
  function retry() {
    stale.hidden = false;
    window.setTimeout(look, AGAIN);
  }
  window.setTimeout(look, EVERY);

  var button = document.querySelector("[data-fullscreen]");
  if (document.documentElement.requestFullscreen) {
    button.hidden = false;
    button.addEventListener("click", function () { document.documentElement.requestFullscreen(); });
  }
})();
