// Orders the options by card and day: the same on front and back without storing anything, another order
// tomorrow. Tapped options are remembered for the back where the program allows it.
(function () {
  var card = document.getElementById("st");
  var list = card && card.querySelector(".st-options ol");
  if (!list) { return; }
  var items = Array.prototype.slice.call(list.children);
  var now = new Date();
  var seed = card.getAttribute("data-id") + now.getFullYear() + "-" + now.getMonth() + "-" + now.getDate();
  var state = 2166136261;
  for (var i = 0; i < seed.length; i++) { state = Math.imul(state ^ seed.charCodeAt(i), 16777619); }
  function below(limit) {
    state = (state + 0x6D2B79F5) | 0;
    var mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
  if (!list.parentNode.classList.contains("st-plain")) {
    for (var last = items.length - 1; last > 0; last--) {
      var other = below(last + 1);
      var held = items[last]; items[last] = items[other]; items[other] = held;
    }
    items.forEach(function (item) { list.appendChild(item); });
  }
  function text(item) { return item.textContent.trim(); }
  function stored(value) {
    try {
      if (value !== undefined) { sessionStorage.setItem("st-picked", JSON.stringify(value)); return value; }
      return JSON.parse(sessionStorage.getItem("st-picked")) || [];
    } catch (error) { return []; }
  }
  var answer = document.getElementById("st-answer");
  if (answer) {
    var right = Array.prototype.map.call(answer.querySelectorAll("li"), text);
    var picked = stored();
    items.forEach(function (item) {
      var isRight = right.indexOf(text(item)) >= 0, isPicked = picked.indexOf(text(item)) >= 0;
      if (card.getAttribute("data-marks") && isRight) { item.classList.add("st-right"); }
      if (isPicked) { item.classList.add(isRight || !card.getAttribute("data-marks") ? "st-picked" : "st-missed"); }
    });
    return;
  }
  stored([]);
  items.forEach(function (item) {
    item.addEventListener("click", function () {
      if (card.getAttribute("data-single")) {
        items.forEach(function (each) { if (each !== item) { each.classList.remove("st-picked"); } });
      }
      item.classList.toggle("st-picked");
      stored(items.filter(function (each) { return each.classList.contains("st-picked"); }).map(text));
    });
  });
})();
