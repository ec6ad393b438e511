// Draws the figures of a page from the data printed beside them; the table below says the same without it.
(function () {
  "use strict";
  document.querySelectorAll("[data-chart]").forEach(function (box) {
    var data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    var chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption({
      aria: { enabled: true },
      animation: false,
      color: ["#0B5CAD", "#0A7A82"],
      grid: { left: 44, right: 12, top: 36, bottom: 28 },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: data.labels },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        { name: "收集", type: "bar", data: data.accepted },
        { name: "办结", type: "bar", data: data.closed }
      ]
    });
    window.addEventListener("resize", function () { chart.resize(); });
  });
})();
