// Loads what searches once somebody wants to search: three scripts that no first visit needs. `finish.rs` has put their
// names into `searchScripts`.
(() => {
    "use strict";

    const toggle = document.getElementById("mdbook-search-toggle");
    if (!toggle || typeof searchScripts === "undefined") return;

    const load = (source) => new Promise((loaded, failed) => {
        const script = document.createElement("script");
        script.src = source;
        script.addEventListener("load", loaded);
        script.addEventListener("error", () => failed(new Error(`cannot load ${source}`)));
        document.head.append(script);
    });

    let loading;

    // Once loaded, mdBook's own scripts listen to the same click and the same keys.
    function begin() {
        toggle.removeEventListener("click", open);
        document.removeEventListener("keydown", key);
        loading ??= searchScripts.reduce((before, source) => before.then(() => load(source)), Promise.resolve());
        return loading;
    }

    function open() {
        begin().then(() => toggle.click());
    }

    function key(event) {
        const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
        const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
        if (!plain || typing || !["s", "/"].includes(event.key)) return;
        event.preventDefault();
        open();
    }

    toggle.addEventListener("click", open);
    document.addEventListener("keydown", key);
    // A link from the results, or a search that was kept in the address.
    if (/[?&](search|highlight)=/.test(location.search)) begin();
})();
