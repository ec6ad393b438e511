// One more row of a formset: [data-add-row="prefix"] copies the template beside it. Without this file the empty rows do.
(function () {
  "use strict";
  document.querySelectorAll("[data-add-row]").forEach(function (button) {
    var section = button.parentElement;
    var total = section.querySelector("[name=" + button.dataset.addRow + "-TOTAL_FORMS]");
    var most = section.querySelector("[name=" + button.dataset.addRow + "-MAX_NUM_FORMS]");
    var template = section.querySelector("[data-row-template]");
    button.hidden = false;
    button.addEventListener("click", function () {
      var number = Number(total.value);
      if (number >= Number(most.value)) { return; }
      var row = document.createElement("div");
      row.innerHTML = template.innerHTML.replace(/__prefix__/g, String(number)).replace(/第 {2}行/g, "第 " + (number + 1) + " 行");
      total.value = String(number + 1);
      row = section.querySelector(".rows").appendChild(row.firstElementChild);
      row.querySelector("input").focus();
    });
  });
})();
