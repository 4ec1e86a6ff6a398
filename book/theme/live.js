// Shows in each exercise's box how it stands, while the book is served by `cargo book`. The server tells what the grader
// has said; nothing is run from here.
(() => {
    "use strict";

    const boxes = [...document.querySelectorAll(".exercise")];
    if (!boxes.length) return;

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

    function show(box, state) {
        const standing = box.querySelector(".standing");
        box.classList.toggle("passed", state?.verdict === "passed");
        box.classList.toggle("open", Boolean(state) && state.verdict !== "passed" && state.verdict !== "not_started");
        if (!state) {
            standing.replaceChildren();
            return;
        }
        const parts = [];
        const lines = [];
        lines.push(state.headline);
        if (state.promise) lines.push(state.promise);
        parts.push(sentence(lines.join(": "), "headline"));
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
        });
    }

    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => source?.close());
    addEventListener("pageshow", (event) => event.persisted && listen());
    listen();
})();
