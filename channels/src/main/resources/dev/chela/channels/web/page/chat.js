// The page: puts the list, the field and the line to the server together.

import { Composer } from "./composer.js";
import { Feed, Outbox, Refused, call, newId, post } from "./link.js";
import { element } from "./markdown.js";
import { View } from "./view.js";

const TYPING_MS = 9000;
const BANNER_DELAY_MS = 700;
const PRESS_TRIES = 4;

const byId = (id) => document.getElementById(id);
const chat = new URLSearchParams(location.search).get("chat") ?? "main";
const scroller = byId("scroll");
const typing = byId("typing");

const view = new View(byId("log"), {
  press,
  again: (id) => outbox.again(id),
  discard: (id) => {
    outbox.discard(id);
    view.remove(id);
    refresh();
  },
});
const composer = new Composer(chat, (text, files) => outbox.add(text, files));
let outbox = null;
let unread = 0;
let title = "Chela";

const feed = new Feed(chat, {
  connected() {
    banner(null);
    outbox.hurry();
  },
  disconnected: () => banner("Reconnecting…"),
  locked,
  reload: () => load(),
  commands: (commands) => (composer.commands = commands),
  message(message) {
    if (message.from === "bot") {
      showTyping(false);
    }
    show(message);
  },
  deleted(id) {
    view.remove(id);
    refresh();
  },
  typing: () => showTyping(true),
});

async function load(attempt = 0) {
  try {
    const [state, commands] = await Promise.all([
      call("/state?chat=" + encodeURIComponent(chat)),
      call("/commands"),
    ]);
    open(state, commands);
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      locked();
    } else if (error instanceof Refused && !error.passing) {
      banner(error.message, false);
    } else {
      banner("Reconnecting…");
      setTimeout(() => load(attempt + 1), Math.min(5000, 400 * 2 ** attempt));
    }
  }
}

function open(state, commands) {
  composer.commands = commands;
  composer.limits = state;
  composer.changed();
  title = state.title;
  document.title = title;
  byId("title").textContent = title;
  composer.text.placeholder = "Message " + title;
  view.clear();
  state.messages.forEach((message) => view.show(message));
  byId("older").hidden = !state.more;
  outbox ??= new Outbox(chat, state.instance, {
    pending: (message) => show(local(message, message.failed ? "failed" : "pending")),
    delayed: (message) => show(local(message, "delayed")),
    failed: (message) => show(local(message, "failed")),
    acknowledged: (message) => show(message),
    locked,
  });
  feed.start(state.seq);
  outbox.resume();
  refresh();
  toEnd();
  banner(null);
}

/** A message of ours that the server may not have yet. */
function local(message, state) {
  return { ...message, from: "person", seq: 0, state };
}

function show(message) {
  const stick = pinned || message.state === "pending";
  const isNew = view.show(message);
  refresh();
  if (stick) {
    toEnd();
  } else if (isNew) {
    byId("latest").querySelector("span").textContent = "New messages";
  }
  if (isNew && document.hidden && message.from === "bot") {
    document.title = `(${++unread}) ${title}`;
  }
}

function refresh() {
  byId("empty").hidden = !view.empty;
}

async function press(message, data) {
  const id = newId();
  for (let attempt = 1; ; attempt++) {
    try {
      return await post("/press", { id, message, data });
    } catch (error) {
      if (error instanceof Refused && !error.passing) {
        throw error;
      }
      if (attempt >= PRESS_TRIES) {
        throw new Error("The server is not reachable; press again.");
      }
      await new Promise((done) => setTimeout(done, 500 * attempt));
    }
  }
}

let typingTimer = null;

function showTyping(visible) {
  const stick = pinned;
  clearTimeout(typingTimer);
  typing.hidden = !visible;
  if (visible) {
    typingTimer = setTimeout(() => showTyping(false), TYPING_MS);
  }
  if (stick) {
    toEnd();
  }
}

let bannerTimer = null;

/** A line that is back at once was never worth a banner. */
function banner(text, waits = true) {
  clearTimeout(bannerTimer);
  const box = byId("banner");
  const draw = () => {
    box.hidden = !text;
    box.classList.toggle("waits", waits);
    byId("banner-text").textContent = text ?? "";
  };
  if (text && waits && box.hidden) {
    bannerTimer = setTimeout(draw, BANNER_DELAY_MS);
  } else {
    draw();
  }
}

function locked() {
  feed.stop();
  banner("This page is locked: open the address that Chela printed when it started.", false);
}

function atEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
}

function toEnd() {
  pinned = true;
  scroller.scrollTop = scroller.scrollHeight;
}

scroller.addEventListener("scroll", () => {
  const latest = byId("latest");
  latest.hidden = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 240;
  if (latest.hidden) {
    latest.querySelector("span").textContent = "Latest";
  }
});
// Pictures that load late, and the phone's keyboard, must not hide the newest words: only a person
// who scrolls up lets go of them.
let pinned = true;
let lastTop = 0;
scroller.addEventListener("scroll", () => {
  pinned = atEnd() || (pinned && scroller.scrollTop >= lastTop);
  lastTop = scroller.scrollTop;
}, { passive: true });
new ResizeObserver(() => pinned && toEnd()).observe(byId("log"));
new ResizeObserver(() => pinned && toEnd()).observe(scroller);

byId("latest").addEventListener("click", () => {
  toEnd();
  composer.text.focus();
});
byId("older").addEventListener("click", async () => {
  const before = scroller.scrollHeight;
  try {
    const page = await call(`/history?chat=${encodeURIComponent(chat)}&before=${view.oldest}`);
    page.messages.forEach((message) => view.show(message));
    byId("older").hidden = !page.more;
    scroller.scrollTop += scroller.scrollHeight - before;
  } catch (error) {
    composer.say("Earlier messages could not be loaded: " + error.message);
  }
});
document.querySelectorAll(".try").forEach((button) =>
  button.addEventListener("click", () => composer.fill(button.textContent)));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    unread = 0;
    document.title = title;
  }
});

byId("chats").addEventListener("toggle", async (event) => {
  if (event.newState === "open") {
    const chats = await call("/chats").catch(() => []);
    byId("chat-list").replaceChildren(...chats.map(chatLink));
  }
});
byId("new-chat").addEventListener("click", () => {
  location.search = "?chat=" + newId().slice(2, 12);
});

function chatLink(entry) {
  const link = element("a", "chat-link",
    element("span", "name", chatName(entry.chat)), element("span", "last", entry.last));
  link.href = "?chat=" + encodeURIComponent(entry.chat);
  if (entry.chat === chat) {
    link.ariaCurrent = "page";
  }
  return link;
}

function chatName(name) {
  return name === "main" ? "Main chat" : "Chat " + name.slice(0, 6);
}

byId("chat-name").textContent = chatName(chat);
byId("chat-name").hidden = chat === "main";
load();
