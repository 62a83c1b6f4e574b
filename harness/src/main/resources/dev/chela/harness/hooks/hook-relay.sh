# Asks the running bot about one event of a Codex hook. Written at each start, read by the command
# that Codex runs: $1 relay, $2 generation, $3 event, $4 enforce or observe. For bash 3.2 and newer.
#
# What Codex takes for a block is exit code 2 with a reason on stderr. Any other failure, a reason
# that is missing, and input that was not read let the tool run.
set +o posix
SECONDS=0
relay=$1 generation=$2 event=$3 mode=$4
trap '' PIPE
trap 'code=$?; if [ $code != 0 ] && [ $code != 2 ]; then unavailable "it broke"; fi' EXIT

unavailable() {
  trap - EXIT
  [ "$mode" = enforce ] || exit 0
  echo "Native hook relay unavailable: $1. The tool was not run. Begin anew with /new or /reset; if it persists, restart the gateway." >&2
  exit 2
}

# Sets how long a step may take, in whole seconds: all of them together take at most four.
left() {
  wait=$((3 - SECONDS))
  [ "$wait" -gt 0 ] || unavailable "no answer in time"
}

next() {
  left
  IFS= read -r -t "$wait" line <&3 || unavailable "no whole answer"
  line=${line%$'\r'}
}

body=$(cat)
LC_ALL=C
port= token=
[ -r "${0%/*}/endpoint" ] || unavailable "no bot has left its address"
read -r port token <"${0%/*}/endpoint"
{ exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || unavailable "the bot does not run"

# What fits into the buffers of a connection that nobody reads, or writing it would have no limit.
sent=${body:0:65536}
cut=no
[ ${#sent} = ${#body} ] || cut=yes
printf 'POST /%s/%s/%s/%s HTTP/1.0\r\nAuthorization: Bearer %s\r\nX-Chela-Cut: %s\r\nContent-Length: %s\r\n\r\n%s' \
  "$relay" "$generation" "$event" "$mode" "$token" "$cut" "${#sent}" "$sent" 2>/dev/null >&3 ||
  unavailable "the bot does not listen"

next
case $line in
  HTTP/1.?" 200 "*) ;;
  *) unavailable "the bot refused" ;;
esac
while [ -n "$line" ]; do next; done
next
verdict=$line
next
text=$line
next
[ "$line" = "end $relay" ] || unavailable "no whole answer"

case $verdict in
  pass)
    printf '%s' "$text"
    exit 0
    ;;
  block)
    [ -n "$text" ] || text="blocked by the operator"
    printf '%s\n' "$text" >&2
    exit 2
    ;;
  gone) unavailable "the relay of this thread is gone" ;;
  *) unavailable "no answer that it knows" ;;
esac
