// Draws the figures of a page from the data printed beside them; the table below says the same without it.
(function () {
  "use strict";
  var tokens = getComputedStyle(document.documentElement);
  var narrow = window.innerWidth < 640;
  var charts = [];
  var GREYS = ["#444", "#888"], FILLS = ["#d0d0d0", "#909090", "#333", "#f4f4f4"];
  var more = document.body.classList.contains("wall") ? 4 : 0;  // read across a room

  function token(name) { return tokens.getPropertyValue("--" + name).trim(); }
  function text(size) { return { color: token("ink"), fontSize: (size || 13) + more }; }

  function label(words, position) {
    return {
      show: true, position: position, color: position === "inside" ? "#fff" : token("ink"), fontSize: 12 + more,
      formatter: function (point) { return words[point.dataIndex]; }
    };
  }

  function categories(data) { return { type: "category", data: data.labels, axisLabel: text(12), axisTick: { show: false } }; }
  function numbers(extra) {
    return Object.assign({ type: "value", minInterval: 1, axisLabel: text(12), splitLine: { lineStyle: { color: token("hairline") } } }, extra);
  }

  function across(data, axis, stacked) {
    var longest = Math.max.apply(null, data.labels.map(function (words) { return words.length; }));
    return {
      grid: { left: 8, right: stacked ? 16 : 56, top: stacked ? 34 : 8, bottom: 8, containLabel: true },
      legend: stacked ? { top: 0, left: 0, textStyle: text() } : undefined,
      xAxis: axis,
      // A phone has no room for name and n in one line.
      yAxis: Object.assign(categories(data), {
        data: narrow ? data.labels.map(function (words) { return words.replace(/（(n=.*)）/, "\n$1"); }) : data.labels,
        inverse: true,
        axisLabel: Object.assign(text(narrow ? 11 : 12), { interval: 0, width: Math.min(narrow ? 100 : 190, (13 + more) * longest), overflow: "truncate", lineHeight: 13 })
      }),
      series: data.series.map(function (one) {
        return {
          name: one.name, type: "bar", stack: stacked ? "all" : undefined, barMaxWidth: 22, data: one.values,
          label: label(stacked ? one.words.map(function (word, at) { return one.values[at] < 7 ? "" : word; }) : one.words,
            stacked ? "inside" : "right")
        };
      })
    };
  }

  var kinds = {
    lines: function (data) {
      return {
        grid: { left: 8, right: narrow ? 16 : 24, top: 34, bottom: 8, containLabel: true },
        legend: { top: 0, left: 0, textStyle: text() },
        xAxis: categories(data), yAxis: numbers(),
        series: data.series.map(function (one, at) {
          return {
            name: one.name, type: "line", data: one.values, symbol: at ? "diamond" : "circle", symbolSize: 8,
            lineStyle: { width: 2, type: at ? "dashed" : "solid" },
            label: Object.assign(label(one.words, "top"), { show: data.labels.length <= (narrow ? 4 : 13) }),
            labelLayout: { hideOverlap: true }
          };
        })
      };
    },
    stack: function (data) {
      var tallest = Math.max.apply(null, data.labels.map(function (_label, at) {
        return data.series.reduce(function (sum, one) { return sum + one.values[at]; }, 0);
      }));
      return {
        grid: { left: 8, right: 16, top: narrow ? 58 : 34, bottom: 8, containLabel: true },
        legend: { top: 0, left: 0, textStyle: text() },
        xAxis: categories(data), yAxis: numbers(),
        series: data.series.map(function (one) {
          return { name: one.name, type: "bar", stack: "all", barMaxWidth: 32, data: one.values, label: label(one.words.map(function (word, at) { return one.values[at] < tallest / 12 ? "" : word; }), "inside") };
        })
      };
    },
    bars: function (data) { return across(data, numbers({ show: false }), false); },
    shares: function (data) { return across(data, numbers({ max: 100, show: false }), true); },
    // One dot stands for `each` cases, so that the tallest pile has at most sixteen.
    dots: function (data) {
      var counts = data.series[0].values, days = data.labels.map(Number), points = [];
      var each = Math.ceil(Math.max.apply(null, counts) / 16);
      counts.forEach(function (count, at) {
        for (var nth = 0; nth < Math.ceil(count / each); nth += 1) { points.push([days[at], nth + 0.5]); }
      });
      return {
        grid: { left: 12, right: 24, top: 44, bottom: 26, containLabel: true },
        xAxis: numbers({ min: 0, max: Math.max(35, days[days.length - 1] + 1), splitLine: { show: false } }),
        yAxis: { type: "value", show: false, min: 0, max: 16 },
        title: { text: "横轴是天数，每点" + (each > 1 ? "约 " + each + " 件" : " 1 件"), right: 8, bottom: 0, textStyle: Object.assign(text(12), { fontWeight: 400 }) },
        series: [{
          name: data.series[0].name, type: "scatter", data: points, symbolSize: narrow ? 5 : 8, silent: true,
          markLine: {
            symbol: "none", silent: true, animation: false, lineStyle: { color: token("ink-2"), type: "dashed" },
            data: data.marks.map(function (mark, at) {
              return { xAxis: mark.at, label: { formatter: mark.label, color: token("ink"), distance: at === data.marks.length - 1 && at > 1 ? 18 : 4 } };
            })
          }
        }]
      };
    }
  };

  function draw(box) {
    var data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    var colours = data.series.map(function (one) { return token(one.tone); });
    var chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption(Object.assign({
      animation: false,
      aria: { enabled: true, label: { description: data.description } },
      color: colours,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: data.kind === "dots" ? undefined : { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "none" } }
    }, kinds[data.kind](data)));
    charts.push({ chart: chart, colours: colours });
  }

  // Paper has another width, and often no colour: greys far from each other tell the series apart there.
  function redraw(onPaper) {
    charts.forEach(function (drawn) {
      var isStacked = drawn.colours.length > 2;
      drawn.chart.setOption({
        color: onPaper ? (isStacked ? FILLS : GREYS) : drawn.colours,
        series: drawn.colours.map(function (_colour, at) {
          return isStacked ? { label: { color: onPaper && at !== 2 ? "#000" : "#fff" } } : {};
        })
      });
      drawn.chart.resize();
      drawn.chart.getZr().flush();
    });
  }

  document.querySelectorAll("[data-chart]").forEach(draw);
  window.addEventListener("resize", function () { charts.forEach(function (drawn) { drawn.chart.resize(); }); });
  window.addEventListener("beforeprint", function () { redraw(true); });
  window.addEventListener("afterprint", function () { redraw(false); });
})();
