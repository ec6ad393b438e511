// The board's comforts: ← and → step through the periods, the results paragraph is copied with one press.
(function () {
  "use strict";
  var keys = document.querySelector("[data-board-keys]");

  document.addEventListener("keydown", function (event) {
    if (!keys || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (event.target.closest("input, select, textarea, summary, [role=region]")) { return; }
    var rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    var link = rel && keys.querySelector("a[rel=" + rel + "]");
    if (link) { event.preventDefault(); link.click(); }
  });

  document.querySelectorAll("[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) { return; }
    var said = document.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent).then(
        function () { said.textContent = "已复制"; },
        function () { said.textContent = "浏览器不让复制，请选中文字后按 Ctrl+C"; }
      );
    });
  });
})();
