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
        parts.push(element("p", lines.join(": "), "headline"));
        if (state.expected) parts.push(element("p", `Expected: ${state.expected}`));
        if (state.seen) parts.push(element("p", `Seen: ${state.seen}`));
        if (state.picture) {
            const picture = element("pre", state.picture);
            picture.tabIndex = 0;
            picture.setAttribute("role", "img");
            picture.setAttribute("aria-label", "Who ran when");
            parts.push(picture);
        }
        standing.replaceChildren(...parts);
    }

    const source = new EventSource("/events");
    source.addEventListener("message", (event) => {
        const states = JSON.parse(event.data);
        boxes.forEach((box) => show(box, states[box.dataset.exercise]));
    });
})();
