// Puts a reply template into the answer field. Without this file the texts are read and copied.
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-templates]").forEach(function (details) {
      var field = document.getElementById(details.dataset.templates);
      details.querySelectorAll("li").forEach(function (item) {
        var button = item.querySelector("button");
        button.hidden = false;
        button.addEventListener("click", function () {
          var text = item.querySelector(".words").textContent;
          field.value = field.value.trim() ? field.value.trimEnd() + "\n" + text : text;
          details.open = false;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          field.focus();
        });
      });
    });
  });
})();
