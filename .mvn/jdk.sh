# Finds a JDK 25 or newer and exports JAVA_HOME. Sourced by ./chela and ./mvnw.
# Order: CHELA_JAVA_HOME, JAVA_HOME, the java on PATH, then the usual places.

chela_jdk_major() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p'
  fi
}

chela_find_jdk() {
  chela_on_path=""
  if command -v javac >/dev/null 2>&1; then
    chela_on_path=$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)
    chela_on_path=${chela_on_path%/bin/javac}
  fi
  for chela_jdk in "${CHELA_JAVA_HOME:-}" "${JAVA_HOME:-}" "$chela_on_path" \
    /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$chela_jdk" ] && [ -d "$chela_jdk" ] || continue
    chela_major=$(chela_jdk_major "$chela_jdk") || continue
    if [ "${chela_major:-0}" -ge 25 ] 2>/dev/null; then
      JAVA_HOME=$chela_jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "chela: no JDK 25 found in JAVA_HOME, PATH or the usual places (/usr/lib/jvm, ...)." >&2
  echo "chela: install one, or point CHELA_JAVA_HOME at it, and run this again." >&2
  return 1
}
