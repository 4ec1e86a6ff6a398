// Lets readers step through a schedule. The steps and the lines are in the page; this only says which of them are now.
(() => {
    "use strict";

    const element = (name, className, text) => {
        const made = document.createElement(name);
        made.className = className;
        made.textContent = text;
        return made;
    };

    // `line 74`, or `test 53`: `schedule/page.rs` says the same.
    const spot = (place) => {
        const line = place.called_from ? `${place.called_from}→${place.line}` : place.line;
        return `${place.file === "test" ? "test" : "line"} ${line}`;
    };

    const inWords = (step) => `${step.operation}${step.value ? ` → ${step.value}` : ""}`;

    function start(figure) {
        const { story, ending } = JSON.parse(figure.querySelector("script").textContent);
        const controls = figure.querySelector(".controls");
        const buttons = Object.fromEntries([...controls.children].map((button) => [button.dataset.go, button]));
        const now = figure.querySelector(".now");
        const rows = [...figure.querySelectorAll(".steps tbody tr")];
        const lines = new Map([...figure.querySelectorAll(".line")].map((line) => [line.dataset.place, line]));
        // Behind the last step comes the end.
        const end = story.steps.length;
        let at = 0;

        // Where each thread stands: at its latest step, and at the end where it waits.
        function places() {
            const standing = new Map();
            story.steps.slice(0, at + 1).forEach((step) => standing.set(step.party, step.place));
            if (at === end) (story.ending.waits ?? []).forEach((wait) => standing.set(wait.party, wait.place));
            return standing;
        }

        function inside(box, part) {
            const [outer, inner] = [box.getBoundingClientRect(), part.getBoundingClientRect()];
            if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top;
            if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
        }

        function show() {
            const step = story.steps[at];
            rows.forEach((row, index) => {
                row.classList.toggle("later", index > at);
                if (index === at) row.setAttribute("aria-current", "step");
                else row.removeAttribute("aria-current");
            });
            lines.forEach((line) => {
                line.classList.remove("current");
                line.firstChild.replaceChildren();
            });
            places().forEach((place, party) => {
                const line = place && lines.get(`${place.file}:${place.line}`);
                if (!line) return;
                line.firstChild.append(element("span", `party party-${party % 4}`, story.parties[party].name));
                if (at === end || party === step.party) line.classList.add("current");
            });
            figure.querySelector(".ending").hidden = at < end;
            now.textContent = step
                ? `Step ${at + 1} of ${end}: ${story.parties[step.party].name}, ` +
                  `${step.place ? `${spot(step.place)}, ` : ""}${inWords(step)}`
                : `The end, after ${end} steps: ${ending.join(" ")}`;
            for (const [go, there] of [["first", 0], ["previous", 0], ["next", end], ["last", end]]) {
                // Not `disabled`, which would take the focus away from whoever has just arrived there.
                buttons[go].setAttribute("aria-disabled", at === there);
            }
            const row = rows[Math.min(at, end - 1)];
            if (row) inside(figure.querySelector(".steps"), row);
            const line = figure.querySelector(".line.current");
            if (line) inside(figure.querySelector(".code"), line);
        }

        const ways = { first: () => 0, previous: () => at - 1, next: () => at + 1, last: () => end };

        function go(way) {
            at = Math.max(0, Math.min(end, ways[way]()));
            show();
        }

        const KEYS = { ArrowLeft: "previous", ArrowRight: "next", Home: "first", End: "last" };
        Object.entries(buttons).forEach(([way, button]) => button.addEventListener("click", () => go(way)));
        controls.addEventListener("keydown", (event) => {
            const way = KEYS[event.key];
            if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            // The arrows alone turn the pages of the book.
            event.stopPropagation();
            go(way);
        });
        controls.hidden = false;
        now.hidden = false;
        figure.classList.add("played");
        show();
    }

    document.querySelectorAll("figure.schedule").forEach(start);
})();
