// The grid of a roster by keyboard: arrows move, Enter follows the link, Del empties the seat. Without this file every cell is a link.
(function () {
  "use strict";
  var grid = document.querySelector("[data-roster-grid]");
  if (!grid) { return; }
  var rows = Array.from(grid.tBodies[0].rows).map(function (row) {
    return Array.from(row.cells).filter(function (cell) { return cell.tagName === "TD"; }).map(function (cell) {
      return cell.querySelector("a.roster-seat");
    });
  });
  var seats = rows.reduce(function (all, row) { return all.concat(row.filter(Boolean)); }, []);
  if (!seats.length) { return; }

  function enter(seat) {
    seats.forEach(function (other) { other.tabIndex = other === seat ? 0 : -1; });
  }
  enter(seats[0]);
  grid.addEventListener("focusin", function (event) {
    var seat = event.target.closest("a.roster-seat");
    if (seat) { enter(seat); }
  });

  var STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function place(seat) {
    for (var row = 0; row < rows.length; row += 1) {
      var column = rows[row].indexOf(seat);
      if (column >= 0) { return [row, column]; }
    }
    return null;
  }
  // The next seat in that direction; days on which a studio is closed are stepped over.
  function next(seat, step) {
    var at = place(seat), row = at[0] + step[0], column = at[1] + step[1];
    while (rows[row] && column >= 0 && column < rows[row].length) {
      if (rows[row][column]) { return rows[row][column]; }
      row += step[0];
      column += step[1];
    }
    return null;
  }

  grid.addEventListener("keydown", function (event) {
    var seat = event.target.closest("a.roster-seat");
    if (!seat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var target = null, line = rows[place(seat)[0]].filter(Boolean);
    if (STEPS[event.key]) { target = next(seat, STEPS[event.key]); }
    if (event.key === "Home") { target = line[0]; }
    if (event.key === "End") { target = line[line.length - 1]; }
    if (STEPS[event.key] || target) { event.preventDefault(); }
    if (target) { target.focus(); }
    if (event.key === "Delete" && seat.dataset.clear) {
      event.preventDefault();
      var form = document.querySelector("[data-clear-form]");
      form.action = seat.dataset.clear;
      form.requestSubmit ? form.requestSubmit() : form.submit();
    }
  });

  // Back from the page of a seat, the eye and the keyboard return to it.
  document.addEventListener("DOMContentLoaded", function () {
    var seat = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
    if (seat && seats.indexOf(seat) >= 0) { seat.focus(); }
  });
})();
