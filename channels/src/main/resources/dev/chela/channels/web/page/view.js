// The list of messages: each one is drawn from its newest state, however often that arrives.

import { copy, element, icon, patch } from "./markdown.js";

const LONG_CHARS = 2500;
const PRESS_MS = 10000;
const GROUP_MS = 4 * 60000;

export class View {
  /** @param actions what the buttons do: press, again, discard */
  constructor(log, actions) {
    this.log = log;
    this.actions = actions;
    this.items = new Map();
  }

  get empty() {
    return this.items.size === 0;
  }

  get oldest() {
    const [first] = this.ordered().filter((item) => item.message.born);
    return first?.message.born;
  }

  ordered() {
    return Array.from(this.log.querySelectorAll(".message"), (node) => this.items.get(node.dataset.id));
  }

  clear() {
    this.items.clear();
    this.log.replaceChildren();
  }

  /** Adds a message or brings it to a newer state; whether it is new. */
  show(message) {
    const known = this.items.get(message.id);
    if (known && (message.seq ?? 0) < (known.message.seq ?? 0)) {
      return false;
    }
    const item = known ?? { node: this.frame(message) };
    const moved = !known || known.message.born !== message.born;
    if (known?.message.pressed !== message.pressed) {
      item.pressedAt = Date.now();
    }
    item.message = message;
    this.items.set(message.id, item);
    this.draw(item);
    if (moved) {
      this.place(item);
    }
    return !known;
  }

  remove(id) {
    this.items.get(id)?.node.remove();
    this.items.delete(id);
    this.regroup();
  }

  frame(message) {
    const node = element("article", "message " + message.from);
    node.dataset.id = message.id;
    return node;
  }

  place(item) {
    const born = item.message.born ?? Infinity;
    const after = this.ordered().find(
      (other) => other !== item && (other.message.born ?? Infinity) > born);
    this.log.insertBefore(item.node, after?.node ?? null);
    this.regroup();
  }

  /** Marks the first message of a day and of a run by one author. */
  regroup() {
    this.log.querySelectorAll(".day").forEach((node) => node.remove());
    let previous = null;
    for (const item of this.ordered()) {
      const { message, node } = item;
      const newDay = !previous || !sameDay(previous.at, message.at);
      if (newDay) {
        const day = element("p", "day", element("span", "", dayName(message.at)));
        this.log.insertBefore(day, node);
      }
      const follows = !newDay && previous.from === message.from && message.at - previous.at < GROUP_MS;
      node.classList.toggle("follows", follows);
      previous = message;
    }
  }

  draw(item) {
    const { message, node } = item;
    if (!item.body) {
      item.body = element("div", "body");
      item.quote = element("div", "quote");
      item.words = element("div", "words");
      item.files = element("div", "files");
      item.buttons = element("div", "buttons");
      item.meta = element("div", "meta");
      item.body.append(item.quote, item.words, item.files, item.buttons);
      node.append(element("span", "spoken", message.from === "bot" ? "Chela said:" : "You said:"));
      node.append(item.body, item.meta);
    }
    node.classList.toggle("pending", message.state === "pending" || message.state === "delayed");
    node.classList.toggle("failed", message.state === "failed");
    node.classList.toggle("asks", (message.buttons ?? []).length > 0);
    this.drawQuote(item);
    this.drawWords(item);
    this.drawFiles(item);
    this.drawButtons(item);
    this.drawMeta(item);
  }

  drawQuote({ message, quote }) {
    const target = message.replyTo && this.items.get(message.replyTo);
    quote.hidden = !target;
    quote.textContent = target ? target.words.textContent.slice(0, 120) : "";
  }

  drawWords({ message, words }) {
    words.hidden = message.from === "bot" ? !message.blocks?.length : !message.text;
    if (message.from === "bot") {
      patch(words, message.blocks ?? []);
      return;
    }
    if (words.dataset.drawn === "yes") {
      return;
    }
    words.dataset.drawn = "yes";
    words.textContent = message.text;
    if (message.text.length > LONG_CHARS) {
      words.classList.add("long");
      const more = element("button", "quiet more", "Show all");
      more.type = "button";
      more.addEventListener("click", () => {
        words.classList.toggle("long");
        more.textContent = words.classList.contains("long") ? "Show all" : "Show less";
      });
      words.after(more);
    }
  }

  drawFiles(item) {
    const { message, files } = item;
    const key = JSON.stringify(message.files ?? []);
    files.hidden = !message.files?.length;
    if (item.filesDrawn !== key) {
      item.filesDrawn = key;
      files.replaceChildren(...(message.files ?? []).map(fileNode));
    }
  }

  drawButtons(item) {
    const { message, buttons } = item;
    const left = PRESS_MS - (Date.now() - (item.pressedAt ?? 0));
    const answered = message.notice !== null && message.notice !== undefined;
    const waiting = item.pressing || (message.pressed && !answered && left > 0);
    const rows = (message.buttons ?? []).map((row) =>
      element("div", "row", ...row.map((button) => this.buttonNode(item, button, waiting))));
    const notice = item.problem ?? (says(message, message.notice) ? null : message.notice);
    const line = notice
      ? element("p", item.problem ? "notice problem" : "notice",
        icon(item.problem ? "alert" : "check"), element("span", "", notice))
      : null;
    if (line) {
      line.role = "status";
      rows.push(line);
    }
    const focused = document.activeElement?.dataset.press;
    const had = buttons.contains(document.activeElement);
    buttons.hidden = rows.length === 0;
    buttons.replaceChildren(...rows);
    if (had) {
      buttons.querySelector(`[data-press="${CSS.escape(focused ?? "")}"]`)?.focus();
    }
    if (waiting && !item.pressing) {
      clearTimeout(item.timer);
      item.timer = setTimeout(() => this.drawButtons(item), left + 50);
    }
  }

  buttonNode(item, button, waiting) {
    const chosen = (item.pressing ?? item.message.pressed) === button.data;
    const node = element("button", "choice " + button.style, element("span", "", button.label));
    node.type = "button";
    node.dataset.press = button.data;
    node.ariaPressed = String(chosen);
    // Not `disabled`: that would throw the keyboard's focus away.
    node.ariaDisabled = String(Boolean(waiting));
    if (chosen) {
      node.prepend(waiting ? element("span", "spinner") : icon("check"));
    }
    node.addEventListener("click", () => {
      if (node.ariaDisabled !== "true") {
        this.press(item, button.data);
      }
    });
    return node;
  }

  async press(item, data) {
    item.pressing = data;
    item.problem = null;
    this.drawButtons(item);
    try {
      await this.actions.press(item.message.id, data);
    } catch (error) {
      item.problem = error.message;
    } finally {
      item.pressing = null;
      this.drawButtons(item);
    }
  }

  drawMeta(item) {
    const { message, meta } = item;
    const time = element("time", "", clockTime(message.at));
    time.dateTime = new Date(message.at).toISOString();
    time.title = new Date(message.at).toLocaleString();
    const parts = [time];
    if (message.reaction) {
      parts.unshift(element("span", "reaction", message.reaction));
    }
    if (message.state === "pending") {
      parts.push(state("clock", "Sending…"));
    } else if (message.state === "delayed") {
      parts.push(state("clock", "Waiting for the connection…"));
    } else if (message.state === "failed") {
      parts.push(state("alert", message.failed), this.action("Send again", () => this.actions.again(message.id)),
        this.action("Discard", () => this.actions.discard(message.id)));
    } else if (message.from === "bot" && message.text) {
      const button = element("button", "quiet copy", icon("copy"), element("span", "", "Copy"));
      button.type = "button";
      button.ariaLabel = "Copy message";
      button.addEventListener("click", () => copy(item.message.text, button));
      parts.push(button);
    }
    meta.replaceChildren(...parts);
  }

  action(label, act) {
    const button = element("button", "quiet", label);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }
}

/** A prompt that became its outcome says itself what the notice would say again. */
function says(message, notice) {
  return !message.buttons?.length && message.text.toLowerCase().includes(notice?.toLowerCase());
}

function state(name, text) {
  return element("span", "state", icon(name), element("span", "", text));
}

function fileNode(file) {
  const link = element("a", file.image ? "file picture" : "file");
  link.href = "/web/files/" + encodeURIComponent(file.id);
  link.title = file.name;
  if (file.image) {
    const image = element("img");
    image.src = link.href;
    image.alt = file.name;
    image.loading = "lazy";
    link.target = "_blank";
    link.rel = "noopener";
    link.append(image);
  } else {
    link.download = file.name;
    link.append(icon("file"), element("span", "name", file.name), element("span", "size", size(file.bytes)));
  }
  return link;
}

export function size(bytes) {
  if (bytes < 1024) {
    return bytes + " B";
  }
  return bytes < 1048576
    ? Math.round(bytes / 1024) + " KB"
    : (bytes / 1048576).toFixed(1) + " MB";
}

function sameDay(a, b) {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function dayName(at) {
  const day = 86400000;
  if (sameDay(at, Date.now())) {
    return "Today";
  }
  return sameDay(at, Date.now() - day)
    ? "Yesterday"
    : new Date(at).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}

function clockTime(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
