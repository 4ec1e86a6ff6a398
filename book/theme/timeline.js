// Lets readers choose among the recordings of a timeline, and move along one of them. It looks up and draws; what
// happened when was recorded while the book was built.
(() => {
    "use strict";

    const SVG = "http://www.w3.org/2000/svg";
    // How long a whole recording takes to play, in milliseconds.
    const PLAYED = 6000;

    const element = (name, attributes = {}, text = "") => {
        const made = document.createElement(name);
        Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
        made.textContent = text;
        return made;
    };

    const shape = (name, attributes) => {
        const made = document.createElementNS(SVG, name);
        Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
        return made;
    };

    function start(figure) {
        const data = JSON.parse(figure.querySelector("script").textContent);
        const knobs = figure.querySelector(".knobs");
        const selects = [...knobs.querySelectorAll("select")];
        const picture = figure.querySelector("svg");
        const still = matchMedia("(prefers-reduced-motion: reduce)");

        const slider = element("input", { type: "range", min: 0, step: 1, value: 0, autocomplete: "off" });
        const play = element("button", { type: "button" }, "Play");
        const now = element("p", { class: "now" });
        const clock = element("div", { class: "clock" });
        const label = element("label", {}, "Time ");
        label.append(slider);
        clock.append(play, label);
        figure.querySelector(".bars").after(clock, now);

        let run;
        let cursor;
        let frame = 0;

        function draw() {
            const index = selects.reduce((sum, select, at) => sum * data.choices[at] + select.selectedIndex, 0);
            run = data.runs[index];
            figure.querySelector(".total").textContent = `${run.total} ms in all, at most ${run.peak} at once.`;
            figure.querySelector(".names").replaceChildren(...run.rows.map(([who]) => element("li", {}, who)));
            picture.setAttribute("viewBox", `0 0 ${run.scale} ${run.rows.length}`);
            picture.style.setProperty("--rows", run.rows.length);
            picture.replaceChildren();
            const rows = [];
            run.rows.forEach(([who, bars], row) => bars.forEach(([from, to, what, waits]) => {
                const bar = shape("rect", {
                    class: waits ? "waits" : "works", x: from, y: row + 0.18, width: Math.max(to - from, 1), height: 0.64,
                });
                bar.append(shape("title", {}));
                bar.firstChild.textContent = `${what} ${from}–${to} ms`.trim();
                picture.append(bar);
                rows.push(element("tr"));
                rows.at(-1).append(...[who, `${from} ms`, `${to} ms`, what].map((text) => element("td", {}, text)));
            }));
            figure.querySelector("tbody").replaceChildren(...rows);
            const axis = figure.querySelectorAll(".axis span");
            axis[1].textContent = Math.floor(run.scale / 2);
            axis[2].textContent = `${run.scale} ms`;
            cursor = shape("line", { class: "cursor", y1: 0, y2: run.rows.length });
            picture.append(cursor);
            slider.max = run.total;
            pause();
            move(0);
        }

        function move(time) {
            slider.value = time;
            slider.setAttribute("aria-valuetext", `${time} ms`);
            cursor.setAttribute("x1", time);
            cursor.setAttribute("x2", time);
            const at = (waits) => run.rows.filter(([, bars]) =>
                bars.some((bar) => bar[3] === waits && bar[0] <= time && time < bar[1])).map(([who]) => who);
            const [working, waiting] = [at(false), at(true)];
            const text = [`At ${time} ms: ${working.length} at work`];
            if (working.length) text.push(` (${working.join(", ")})`);
            if (waiting.length) text.push(`, ${waiting.length} waiting`);
            now.textContent = `${text.join("")}.`;
        }

        function pause() {
            cancelAnimationFrame(frame);
            frame = 0;
            play.textContent = "Play";
        }

        function begin() {
            const from = Number(slider.value) < run.total ? Number(slider.value) : 0;
            let first;
            play.textContent = "Pause";
            const step = (at) => {
                first ??= at;
                const time = Math.min(run.total, Math.round(from + (at - first) * run.scale / PLAYED));
                move(time);
                if (time < run.total) frame = requestAnimationFrame(step);
                else pause();
            };
            frame = requestAnimationFrame(step);
        }

        // Whoever asked for less motion moves the time by hand.
        const heed = () => {
            pause();
            play.hidden = still.matches;
        };
        still.addEventListener("change", heed);
        play.addEventListener("click", () => (frame ? pause() : begin()));
        slider.addEventListener("input", () => {
            pause();
            move(Number(slider.value));
        });
        selects.forEach((select) => select.addEventListener("change", draw));
        figure.querySelector(".chosen").hidden = true;
        knobs.hidden = false;
        draw();
        heed();
    }

    document.querySelectorAll("figure.timeline").forEach(start);
})();
