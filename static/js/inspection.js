// What failed wants a note: its fold opens by itself. draft.js keeps the words of the form.
(function () {
  "use strict";
  function unfold() {
    document.querySelectorAll(".judge input[value=FAIL]:checked").forEach(function (choice) {
      choice.closest(".judge").querySelector("details").open = true;
    });
  }
  document.addEventListener("change", unfold);
  document.addEventListener("DOMContentLoaded", unfold);
})();
