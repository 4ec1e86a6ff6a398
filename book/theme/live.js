// Shows in each exercise's box how it stands, and in the introduction how all of them do, while the book is served by
// `cargo book`. The server tells what the grader has said; nothing is run from here.
(() => {
    "use strict";

    const boxes = [...document.querySelectorAll(".exercise")];
    const progress = document.querySelector(".progress");
    if (!boxes.length && !progress) return;

    const element = (name, text, className = "") => {
        const made = document.createElement(name);
        made.textContent = text;
        made.className = className;
        return made;
    };

    // Code stands between back-ticks, as in the terminal.
    const sentence = (text, className = "") => {
        const made = element("p", "", className);
        made.append(...text.split("`").map((part, at) => (at % 2 ? element("code", part) : part)));
        return made;
    };

    // As in the terminal: done, begun, not begun.
    const SIGNS = { passed: ["●", "done"], open: ["◐", "begun"], untouched: ["○", "not begun"] };

    function stage(state) {
        if (!state || state.verdict === "not_started") return "untouched";
        return state.verdict === "passed" ? "passed" : "open";
    }

    function show(box, state) {
        const standing = box.querySelector(".standing");
        ["passed", "open"].forEach((name) => box.classList.toggle(name, stage(state) === name));
        if (!state) {
            standing.replaceChildren();
            return;
        }
        const headline = [state.headline, state.promise].filter(Boolean).join(": ");
        const parts = [sentence(headline, "headline")];
        if (state.expected) parts.push(sentence(`Expected: ${state.expected}`));
        if (state.seen) parts.push(sentence(`Seen: ${state.seen}`));
        for (const { label, text } of state.pictures ?? []) {
            const picture = element("pre", text);
            picture.tabIndex = 0;
            // Bars say nothing when they are read aloud; who waits where does.
            picture.setAttribute("role", text.includes("█") ? "img" : "group");
            picture.setAttribute("aria-label", label);
            parts.push(picture);
        }
        standing.replaceChildren(...parts);
    }

    function showAll(states) {
        const links = [...progress.querySelectorAll("[data-exercise]")];
        const stages = links.map((link) => {
            const reached = stage(states[link.dataset.exercise]);
            const [sign, word] = SIGNS[reached];
            const slug = link.dataset.exercise.split("/")[1];
            link.textContent = `${sign} ${slug}`;
            link.setAttribute("aria-label", `${slug}: ${word}`);
            return reached;
        });
        const done = stages.filter((reached) => reached === "passed").length;
        progress.querySelector(".total").textContent = `How you stand: ${done} of ${links.length} exercises done.`;
        progress.hidden = false;
    }

    // A browser opens only a few connections to one server: a page that nobody looks at gives its own back.
    let source;

    function listen() {
        source?.close();
        source = undefined;
        if (document.hidden) return;
        source = new EventSource("/events");
        source.addEventListener("message", (event) => {
            const states = JSON.parse(event.data);
            boxes.forEach((box) => show(box, states[box.dataset.exercise]));
            if (progress) showAll(states);
        });
    }

    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => source?.close());
    addEventListener("pageshow", (event) => event.persisted && listen());
    listen();
})();
