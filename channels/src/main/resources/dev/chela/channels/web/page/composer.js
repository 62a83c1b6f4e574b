// The field where a person writes: files, command suggestions, a draft that survives a reload.

import { element, icon } from "./markdown.js";
import { size } from "./view.js";

export class Composer {
  /** @param send called with the words and the uploaded files */
  constructor(chat, send) {
    this.send = send;
    this.draftKey = "chela.draft." + chat;
    this.commands = [];
    this.limits = { textCharsMax: 60000, fileBytesMax: 25 << 20, filesMax: 10 };
    this.chips = [];
    this.form = document.getElementById("composer");
    this.text = document.getElementById("text");
    this.button = document.getElementById("send");
    this.list = document.getElementById("suggestions");
    this.chipList = document.getElementById("chips");
    this.error = document.getElementById("composer-error");
    this.wire();
    this.text.value = this.draft();
    this.changed();
  }

  wire() {
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("blur", () => this.suggest([]));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    const input = document.getElementById("files");
    document.getElementById("attach").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.attach(input.files);
      input.value = "";
    });
    this.text.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length) {
        event.preventDefault();
        this.attach(event.clipboardData.files);
      }
    });
    this.wireDrop();
  }

  wireDrop() {
    const overlay = document.getElementById("drop");
    let depth = 0;
    const show = (visible) => (overlay.hidden = !visible);
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragenter", (event) => {
      if (carriesFiles(event)) {
        depth++;
        show(true);
      }
    });
    addEventListener("dragleave", () => {
      depth = Math.max(0, depth - 1);
      show(depth > 0);
    });
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      depth = 0;
      show(false);
      this.attach(event.dataTransfer?.files ?? []);
    });
  }

  fill(text) {
    this.text.value = text;
    this.text.focus();
    this.changed();
  }

  changed() {
    const words = this.text.value.trim();
    const uploading = this.chips.some((chip) => chip.state !== "done");
    const tooLong = this.text.value.length > this.limits.textCharsMax;
    this.button.disabled = tooLong || uploading || (!words && this.chips.length === 0);
    this.say(tooLong ? `At most ${this.limits.textCharsMax} characters fit into one message.` : "");
    this.grow();
    this.keepDraft();
    this.suggest(this.matching());
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = Math.min(this.text.scrollHeight, innerHeight * 0.4) + "px";
  }

  submit() {
    if (this.button.disabled) {
      return;
    }
    const files = this.chips.map((chip) => chip.file);
    const text = this.text.value.trim();
    this.chips.forEach((chip) => chip.preview && URL.revokeObjectURL(chip.preview));
    this.chips = [];
    this.drawChips();
    this.text.value = "";
    this.changed();
    this.text.focus();
    this.send(text, files);
  }

  key(event) {
    if (event.isComposing) {
      return;
    }
    if (this.shown?.length && this.suggestionKey(event)) {
      event.preventDefault();
      return;
    }
    const touch = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !touch) {
      event.preventDefault();
      this.submit();
    }
  }

  suggestionKey(event) {
    const count = this.shown.length;
    switch (event.key) {
      case "ArrowDown":
        this.pick((this.picked + 1) % count);
        return true;
      case "ArrowUp":
        this.pick((this.picked + count - 1) % count);
        return true;
      case "Escape":
        this.suggest([]);
        return true;
      case "Tab":
        this.complete(this.shown[this.picked]);
        return true;
      case "Enter":
        if (event.shiftKey || this.shown[this.picked].name === this.text.value.trim()) {
          return false;
        }
        this.complete(this.shown[this.picked]);
        return true;
      default:
        return false;
    }
  }

  matching() {
    const typed = this.text.value.toLowerCase();
    if (!/^\/[^\n]{0,40}$/.test(typed) || document.activeElement !== this.text) {
      return [];
    }
    return this.commands.filter((command) => command.name.startsWith(typed));
  }

  suggest(commands) {
    this.shown = commands;
    this.list.hidden = commands.length === 0;
    this.text.setAttribute("aria-expanded", String(commands.length > 0));
    this.list.replaceChildren(...commands.map((command, i) => this.option(command, i)));
    this.pick(0);
  }

  option(command, i) {
    const node = element("li", "option",
      element("code", "", command.usage), element("span", "", command.summary));
    node.id = "option-" + i;
    node.role = "option";
    // Before the field loses the focus.
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.complete(command);
    });
    return node;
  }

  pick(i) {
    this.picked = i;
    [...this.list.children].forEach((node, j) => (node.ariaSelected = String(j === i)));
    const chosen = this.list.children[i];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) {
      this.text.setAttribute("aria-activedescendant", chosen.id);
    } else {
      this.text.removeAttribute("aria-activedescendant");
    }
  }

  complete(command) {
    const needsMore = command.usage !== command.name;
    this.fill(command.name + (needsMore ? " " : ""));
    this.suggest([]);
  }

  attach(files) {
    for (const file of files) {
      if (this.chips.length >= this.limits.filesMax) {
        this.say(`At most ${this.limits.filesMax} files fit into one message.`);
        return;
      }
      if (file.size > this.limits.fileBytesMax) {
        this.say(`${file.name} is larger than ${size(this.limits.fileBytesMax)}.`);
        continue;
      }
      const chip = { source: file, state: "uploading", share: 0 };
      if (file.type.startsWith("image/") && file.type !== "image/svg+xml") {
        chip.preview = URL.createObjectURL(file);
      }
      this.chips.push(chip);
      this.upload(chip);
    }
    this.text.focus();
  }

  upload(chip) {
    chip.state = "uploading";
    const request = new XMLHttpRequest();
    const fail = (reason) => {
      chip.state = "failed";
      chip.reason = reason;
      this.drawChips();
    };
    request.open("POST", "/web/files?name=" + encodeURIComponent(chip.source.name));
    request.setRequestHeader("Content-Type", chip.source.type || "application/octet-stream");
    request.upload.onprogress = (event) => {
      chip.share = event.total ? event.loaded / event.total : 0;
      chip.bar?.style.setProperty("--share", chip.share);
    };
    request.onerror = () => fail("The server is not reachable.");
    request.onload = () => {
      if (request.status !== 200) {
        fail(reasonOf(request));
        return;
      }
      chip.file = JSON.parse(request.responseText);
      chip.state = "done";
      this.drawChips();
    };
    request.send(chip.source);
    chip.request = request;
    this.drawChips();
  }

  drawChips() {
    this.chipList.hidden = this.chips.length === 0;
    this.chipList.replaceChildren(...this.chips.map((chip) => this.chipNode(chip)));
    this.changed();
  }

  chipNode(chip) {
    const node = element("li", "chip " + chip.state);
    if (chip.preview) {
      const image = element("img");
      image.src = chip.preview;
      image.alt = "";
      node.append(image);
    } else {
      node.append(icon("file"));
    }
    node.append(element("span", "name", chip.source.name),
      element("span", "size", chip.state === "failed" ? chip.reason : size(chip.source.size)));
    if (chip.state === "failed") {
      node.append(this.chipButton("Try again", null, () => this.upload(chip)));
    }
    node.append(this.chipButton("Remove " + chip.source.name, "close", () => {
      chip.request?.abort();
      this.chips = this.chips.filter((other) => other !== chip);
      this.drawChips();
    }));
    chip.bar = node;
    node.style.setProperty("--share", chip.share);
    return node;
  }

  chipButton(label, symbol, act) {
    const button = element("button", "quiet", symbol ? icon(symbol) : label);
    button.type = "button";
    button.ariaLabel = label;
    button.addEventListener("click", act);
    return button;
  }

  say(problem) {
    this.error.hidden = !problem;
    this.error.textContent = problem;
  }

  draft() {
    try {
      return localStorage.getItem(this.draftKey) ?? "";
    } catch {
      return "";
    }
  }

  keepDraft() {
    try {
      localStorage.setItem(this.draftKey, this.text.value);
    } catch {
      // Then the draft lives only as long as the page.
    }
  }
}

function reasonOf(request) {
  try {
    return JSON.parse(request.responseText).error;
  } catch {
    return "The server answered " + request.status;
  }
}
