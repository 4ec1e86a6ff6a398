// Helps those who read with the keyboard: what scrolls can be reached, and what opens the sidebar is a button.
(() => {
    "use strict";

    function reach() {
        document.querySelectorAll("main pre > code, main .table-wrapper").forEach((box) => {
            const scrolls = box.scrollWidth > box.clientWidth;
            if (scrolls) {
                box.tabIndex = 0;
                box.setAttribute("role", "group");
                box.setAttribute("aria-label", box.matches("code") ? "Code" : "Table");
            } else if (box.getAttribute("role") === "group") {
                box.removeAttribute("tabindex");
                box.removeAttribute("role");
                box.removeAttribute("aria-label");
            }
        });
    }

    // The stock page has a label for a hidden checkbox, which no keyboard reaches and no reader announces.
    function replaceLabel() {
        const label = document.getElementById("mdbook-sidebar-toggle");
        const box = document.getElementById("mdbook-sidebar-toggle-anchor");
        if (!label || !box) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = label.className;
        button.title = label.title;
        button.setAttribute("aria-label", label.title);
        button.setAttribute("aria-controls", "mdbook-sidebar");
        button.append(...[...label.childNodes].map((node) => node.cloneNode(true)));
        const tell = () => button.setAttribute("aria-expanded", box.checked);
        // The label brings the sidebar back before the box lets it slide in.
        button.addEventListener("click", () => label.click());
        box.addEventListener("change", tell);
        tell();
        label.hidden = true;
        label.style.display = "none";
        label.after(button);
    }

    replaceLabel();
    reach();
    addEventListener("resize", reach);
    document.fonts?.ready.then(reach);
})();
