// Builds a message from the server's tree of known elements. Nothing here parses HTML: whatever a
// model writes can only ever become text or one of these elements.

const PLAIN = new Set([
  "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "hr", "br",
  "em", "strong", "del", "code", "thead", "tbody", "tr",
]);
const LINK = /^(https?:|mailto:)/i;

export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  const use = document.createElementNS(ns, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", "#i-" + name);
  svg.append(use);
  return svg;
}

export function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) {
    node.className = className;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Brings `target` to show `blocks`, leaving unchanged blocks alone: selections survive. */
export function patch(target, blocks) {
  const wanted = blocks.map((block) => JSON.stringify(block));
  wanted.forEach((json, i) => {
    const current = target.children[i];
    if (current && current.chelaBlock === json) {
      return;
    }
    const built = topLevel(blocks[i]);
    built.chelaBlock = json;
    if (current) {
      current.replaceWith(built);
    } else {
      target.append(built);
    }
  });
  while (target.children.length > wanted.length) {
    target.lastElementChild.remove();
  }
}

function topLevel(block) {
  const node = build(block);
  return node instanceof Element ? node : element("p", "", node);
}

function build(node) {
  if (typeof node === "string") {
    return document.createTextNode(node);
  }
  const [tag, attributes, ...children] = node;
  switch (tag) {
    case "pre":
      return codeBlock(attributes.language, children.join(""));
    case "table":
      return table(children);
    case "th":
    case "td":
      return cell(tag, attributes, children);
    case "a":
      return link(attributes.href, children);
    case "ol":
      return list(attributes, children);
    default:
      return element(PLAIN.has(tag) ? tag : "span", "", ...children.map(build));
  }
}

function list(attributes, children) {
  const node = element("ol", "", ...children.map(build));
  if (attributes.start) {
    node.start = Number(attributes.start);
  }
  return node;
}

function link(href, children) {
  if (!LINK.test(href)) {
    return element("span", "", ...children.map(build));
  }
  const node = element("a", "", ...children.map(build));
  node.href = href;
  node.target = "_blank";
  node.rel = "noopener noreferrer nofollow";
  node.title = href;
  if (!node.textContent) {
    node.textContent = href;
  }
  return node;
}

function table(children) {
  const scroller = element("div", "table", element("table", "", ...children.map(build)));
  scroller.tabIndex = 0;
  scroller.role = "region";
  scroller.ariaLabel = "Table";
  return scroller;
}

function cell(tag, attributes, children) {
  const node = element(tag, attributes.align ? "align-" + attributes.align : "");
  node.append(...children.map(build));
  return node;
}

function codeBlock(language, text) {
  const button = element("button", "quiet copy", icon("copy"), element("span", "", "Copy"));
  button.type = "button";
  button.ariaLabel = "Copy code";
  button.addEventListener("click", () => copy(text, button));
  const code = element("pre", "", element("code", "", text.replace(/\n$/, "")));
  code.tabIndex = 0;
  return element(
    "figure", "code",
    element("figcaption", "", element("span", "language", language || "text"), button),
    code,
  );
}

export async function copy(text, button) {
  const label = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = "Copied";
  } catch {
    label.textContent = "Not allowed";
  }
  setTimeout(() => (label.textContent = "Copy"), 1600);
}
