// The history chart: the drawing that the page holds is replaced by one that tells each day.
"use strict";
(() => {
  const figure = document.querySelector("figure.history");
  if (!figure || typeof uPlot === "undefined") return;
  const words = (name) => figure.dataset[name].trim().split(/\s+/);
  const days = words("days").map((day) => Date.parse(day + "T12:00:00Z") / 1000);
  const scores = words("scores").map(Number);
  const models = figure.dataset.models.split(";").filter(Boolean).map((text) => {
    const [day, ...name] = text.trim().split(" ");
    return [Date.parse(day + "T12:00:00Z") / 1000, name.join(" ")];
  });
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const date = (form) => {
    const written = new Intl.DateTimeFormat(language, { ...form, timeZone: "UTC" });
    return (seconds) => written.format(new Date(seconds * 1000));
  };
  const markModels = (plot) => {
    const context = plot.ctx;
    context.save();
    context.strokeStyle = color("--muted");
    context.fillStyle = color("--muted");
    context.setLineDash([4, 4]);
    context.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    for (const [day, name] of models) {
      const x = Math.round(plot.valToPos(day, "x", true));
      context.beginPath();
      context.moveTo(x, plot.bbox.top);
      context.lineTo(x, plot.bbox.top + plot.bbox.height);
      context.stroke();
      context.fillText(name, x + 5 * devicePixelRatio, plot.bbox.top + 12 * devicePixelRatio);
    }
    context.restore();
  };
  const axis = () => ({ stroke: color("--muted"), grid: { stroke: color("--grid") }, ticks: { stroke: color("--grid") } });
  const draw = () => {
    const label = figure.querySelector("svg")?.getAttribute("aria-label") ?? figure.getAttribute("aria-label");
    figure.replaceChildren();
    figure.setAttribute("role", "img");
    figure.setAttribute("aria-label", label);
    const short = date({ month: "short", day: "numeric" });
    new uPlot({
      width: figure.clientWidth,
      height: 230,
      scales: { y: { range: [0, 100] } },
      axes: [
        { ...axis(), values: (_plot, ticks) => ticks.map(short), space: 70 },
        { ...axis(), splits: [0, 25, 50, 75, 100], size: 42 },
      ],
      series: [
        { label: figure.dataset.day, value: (_plot, day) => (day == null ? "–" : date({ dateStyle: "medium" })(day)) },
        { label: figure.dataset.score, stroke: color("--reach-0"), width: 2.5,
          value: (_plot, score) => (score == null ? "–" : number.format(score)) },
      ],
      hooks: { draw: [markModels] },
    }, [days, scores], figure);
  };
  draw();
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
