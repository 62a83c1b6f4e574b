// The line to the server: changes come by an event stream, words go by POST and are kept here until
// they are acknowledged.

const RETRY_FIRST_MS = 400;
const RETRY_MAX_MS = 5000;
const SILENCE_MAX_MS = 40000;
const HIDDEN_MAX_MS = 10 * 60000;
const SEND_TIMEOUT_MS = 20000;

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  /** Whether trying the very same call again may help. */
  get passing() {
    // A bot that just starts answers before its chat is there: nothing was refused yet.
    return this.status === 404 || this.status === 429 || this.status >= 500;
  }
}

export async function call(path, options = {}) {
  const response = await fetch("/web" + path, {
    signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    ...options,
  });
  if (response.ok) {
    return response.json();
  }
  let message = "The server answered " + response.status;
  try {
    message = (await response.json()).error ?? message;
  } catch {
    // Not ours: a proxy's page, or a cut answer.
  }
  throw new Refused(response.status, message);
}

export function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return "c-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(attempt) {
  const ms = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** attempt);
  return ms * (0.7 + 0.3 * Math.random());
}

/** Follows a chat's changes; connects again by itself, from the last change it saw. */
export class Feed {
  constructor(chat, listener) {
    this.chat = chat;
    this.listener = listener;
    this.after = 0;
    this.attempt = 0;
    document.addEventListener("visibilitychange", () => this.seen());
    addEventListener("online", () => this.hurry());
  }

  start(after) {
    this.after = after;
    this.started = true;
    this.connect();
  }

  connect() {
    this.stop();
    const source = new EventSource(
      `/web/events?chat=${encodeURIComponent(this.chat)}&after=${this.after}`);
    this.source = source;
    this.watch();
    const on = (name, action) =>
      source.addEventListener(name, (event) => {
        if (event.lastEventId) {
          this.after = Math.max(this.after, Number(event.lastEventId));
        }
        this.watch();
        action(JSON.parse(event.data));
      });
    on("hello", () => {
      this.attempt = 0;
      this.listener.connected();
    });
    on("message", (message) => this.listener.message(message));
    on("delete", (gone) => this.listener.deleted(gone.id));
    on("typing", () => this.listener.typing());
    on("ping", () => {});
    on("reload", () => {
      this.stop();
      this.listener.reload();
    });
    source.onerror = () => this.lost();
  }

  /** A line that says nothing, not even a ping, is dead although nobody closed it. */
  watch() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(), SILENCE_MAX_MS);
  }

  stop() {
    clearTimeout(this.silence);
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  lost() {
    this.stop();
    this.listener.disconnected();
    this.timer = setTimeout(() => this.probe(), pause(this.attempt++));
  }

  /** An event stream does not tell why it was refused; an ordinary call does. */
  async probe() {
    try {
      this.listener.commands(await call("/commands"));
      this.connect();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        this.listener.locked();
      } else {
        this.lost();
      }
    }
  }

  /** A browser gives one server few lines: a page nobody looks at lets go of its own. */
  seen() {
    clearTimeout(this.rest);
    if (document.hidden) {
      this.rest = setTimeout(() => this.stop(), HIDDEN_MAX_MS);
    } else {
      this.hurry();
    }
  }

  hurry() {
    if (!document.hidden && !this.source && this.started) {
      clearTimeout(this.timer);
      this.attempt = 0;
      this.probe();
    }
  }
}

/** Words on their way: kept over a reload, sent in order, each under its own id. */
export class Outbox {
  constructor(chat, instance, listener) {
    this.chat = chat;
    this.key = `chela.outbox.${instance}.${chat}`;
    this.listener = listener;
    this.attempt = 0;
    this.waiting = this.read();
  }

  resume() {
    this.waiting.forEach((message) => this.listener.pending(message));
    this.run();
  }

  add(text, files) {
    const message = { id: newId(), chat: this.chat, text, files, at: Date.now() };
    this.waiting.push(message);
    this.write();
    this.listener.pending(message);
    this.run();
  }

  again(id) {
    const message = this.waiting.find((each) => each.id === id);
    if (message) {
      delete message.failed;
      this.write();
      this.listener.pending(message);
      this.run();
    }
  }

  discard(id) {
    this.waiting = this.waiting.filter((each) => each.id !== id);
    this.write();
  }

  hurry() {
    this.attempt = 0;
    this.held = false;
    clearTimeout(this.timer);
    this.timer = null;
    this.run();
  }

  async run() {
    const next = this.waiting.find((each) => !each.failed);
    if (this.running || this.held || !next) {
      return;
    }
    this.running = true;
    clearTimeout(this.timer);
    this.timer = null;
    try {
      const stored = await post("/messages", { ...next, files: next.files.map((file) => file.id) });
      this.attempt = 0;
      this.discard(next.id);
      this.listener.acknowledged(stored);
    } catch (error) {
      this.failed(next, error);
    } finally {
      this.running = false;
    }
    if (!this.timer) {
      this.run();
    }
  }

  failed(message, error) {
    if (error instanceof Refused && error.status === 401) {
      // Until the page is let in again: every try would count as a wrong key.
      this.held = true;
      this.listener.delayed(message);
      this.listener.locked();
    } else if (error instanceof Refused && !error.passing) {
      message.failed = error.message;
      this.write();
      this.listener.failed(message);
    } else {
      this.listener.delayed(message);
      this.later();
    }
  }

  later() {
    this.timer = setTimeout(() => {
      this.timer = null;
      this.run();
    }, pause(this.attempt++));
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  write() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.waiting));
    } catch {
      // Full or forbidden: the message is still sent while the page lives.
    }
  }
}
