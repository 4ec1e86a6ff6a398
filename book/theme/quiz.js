// Turns each question of a quiz into one that can be answered. What is right, and why, is in the page.
(() => {
    "use strict";

    const element = (name, attributes = {}, text = "") => {
        const made = document.createElement(name);
        Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
        made.textContent = text;
        return made;
    };

    // Browsers that keep nothing still show the quiz.
    const memory = {
        get(key) {
            try { return localStorage.getItem(key); } catch { return null; }
        },
        set(key, value) {
            try { localStorage.setItem(key, value); } catch { /* nothing is kept */ }
        },
        remove(key) {
            try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
        },
    };

    function start(question) {
        const { right, number } = question.dataset;
        const page = location.pathname.split("/").pop();
        const key = `quiz:${page}:${number}`;
        const reasons = question.querySelector("details");
        const list = question.querySelector("ul");
        const asked = question.querySelector("p");
        asked.id = `question-${number}`;

        const group = element("div", { role: "radiogroup", "aria-labelledby": asked.id, class: "answers" });
        const choices = [...list.children].map((item) => {
            const letter = item.querySelector("strong").textContent.replace(")", "");
            const input = element("input", { type: "radio", name: key, value: letter, autocomplete: "off" });
            const label = element("label");
            const text = element("span");
            text.append(...item.childNodes);
            label.append(input, text);
            group.append(label);
            return input;
        });
        list.replaceWith(group);

        const check = element("button", { type: "button" }, "Check");
        const again = element("button", { type: "button" }, "Try again");
        const said = element("p", { role: "status", class: "said" });
        const below = element("div", { class: "check" });
        below.append(check, again, said);
        group.after(below);

        const chosen = () => choices.find((choice) => choice.checked);

        function show(answer) {
            const judged = answer !== undefined;
            choices.forEach((choice) => {
                const label = choice.parentElement;
                label.classList.toggle("is-right", judged && choice.value === right);
                label.classList.toggle("is-wrong", judged && choice.checked && choice.value !== right);
            });
            reasons.hidden = !judged;
            reasons.open = judged;
            again.hidden = !judged;
            check.hidden = judged;
            said.textContent = !judged ? "" : answer === right
                ? `${answer} is right. Read the reasons all the same:`
                : `It is ${right}, not ${answer}. The reasons:`;
        }

        check.addEventListener("click", () => {
            const choice = chosen();
            if (!choice) {
                said.textContent = "Choose an answer first.";
                return;
            }
            memory.set(key, choice.value);
            show(choice.value);
            again.focus();
        });
        again.addEventListener("click", () => {
            memory.remove(key);
            choices.forEach((choice) => { choice.checked = false; });
            show(undefined);
            choices[0].focus();
        });
        // The book turns its pages with these keys; here they choose.
        group.addEventListener("keydown", (event) => {
            if (event.key.startsWith("Arrow")) event.stopPropagation();
        });

        const kept = choices.find((choice) => choice.value === memory.get(key));
        if (kept) kept.checked = true;
        show(kept?.value);
    }

    document.querySelectorAll("section.question").forEach(start);
})();
