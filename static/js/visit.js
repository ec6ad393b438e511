// Ready phrases as buttons that insert at the cursor, and a category guessed from the words typed: it fills the
// list only until somebody chooses. The page works without this file: phrases are a list, the server guesses.
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("[data-visit]");
    if (!form) { return; }
    var list = form.elements.category;
    var matter = form.elements.matter;
    var rows = Array.prototype.map.call(form.querySelectorAll("[data-phrases]"), buttonsOf);
    var isChosen = list.value !== "";

    list.addEventListener("change", function () { isChosen = list.value !== ""; show(); });
    matter.addEventListener("input", show);
    form.addEventListener("change", function (event) {
      if (event.target === form) { isChosen = list.value !== ""; show(); }  // a draft was restored
    });
    show();

    function show() {
      var category = isChosen ? list.value : guess(matter.value);
      var words = form.querySelector("[data-category-words]");
      if (!isChosen) { list.value = ""; }
      words.textContent = category ? "（" + (isChosen ? "" : "自动：") + labelOf(category) + "）" : "";
      rows.forEach(function (row) { row(category); });
    }

    // As appointments.category_words.guess_category: most words found, then the earliest.
    function guess(text) {
      var best = { category: "", hits: 0, at: 0 };
      form.querySelectorAll("[data-phrases] [data-words]").forEach(function (group) {
        var places = group.dataset.words.split(" ").filter(Boolean)
          .map(function (word) { return text.indexOf(word); })
          .filter(function (place) { return place >= 0; });
        var at = Math.min.apply(null, places);
        if (places.length > best.hits || (places.length && places.length === best.hits && at < best.at)) {
          best = { category: group.dataset.category, hits: places.length, at: at };
        }
      });
      return best.category;
    }

    function labelOf(category) {
      return list.querySelector("option[value=" + category + "]").textContent;
    }
  });

  // One row of buttons: those of the category first, then what fits everywhere and the first of the others.
  function buttonsOf(details) {
    var field = document.getElementById(details.dataset.phrases);
    var row = document.createElement("div");
    row.className = "phrase-row";
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", details.dataset.label);
    details.hidden = true;
    details.parentNode.insertBefore(row, details);
    row.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) { insert(field, button.textContent); }
    });

    return function (category) {
      var texts = [];
      var groups = Array.prototype.slice.call(details.querySelectorAll("[data-category]"));
      groups.sort(function (one, other) { return rank(other) - rank(one); });
      groups.forEach(function (group) {
        var all = Array.prototype.map.call(group.querySelectorAll("li"), function (item) { return item.textContent; });
        texts = texts.concat(rank(group) ? all : all.slice(0, 1));
      });
      row.replaceChildren.apply(row, texts.map(chip));
      row.scrollLeft = 0;
      function rank(group) {
        return group.dataset.category === category ? 2 : group.dataset.category === "OTHER" ? 1 : 0;
      }
    };
  }

  function chip(text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = text;
    return button;
  }

  // Where the cursor stands, with a comma where words would run together.
  function insert(field, text) {
    var before = field.value.slice(0, field.selectionStart);
    var after = field.value.slice(field.selectionEnd);
    var joint = before && !/[，。；！？、,;.\s]$/.test(before) ? "，" : "";
    field.value = before + joint + text + after;
    field.focus();
    field.selectionStart = field.selectionEnd = (before + joint + text).length;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
})();
