#!/bin/sh
# May this commit go to this environment now? Asks Holdpoint's gate, with nothing but sh and curl.
#
#   ask-gate.sh OWNER/REPO ENVIRONMENT SHA [deploy|rollback] [WAIT]
#
# HOLDPOINT_URL    the Holdpoint to ask; http:// for loopback addresses only
# HOLDPOINT_TOKEN  one of its HOLDPOINT_API_TOKENS
# WAIT             90s, 10m, 1h: asks again until the gate is open or that time is over; 0s, where left out
#
# Exit code 0: open. 1: held. 2: unknown, or it could not be asked. Nothing but the gate's own answer about this very commit is
# taken for open: no redirect is followed, and an error page, a log-in page or an empty answer is exit code 2.
set -u
LC_ALL=C
export LC_ALL

refuse() {
  echo "holdpoint: $1" >&2
  exit 2
}

repository=${1-}
environment=${2-}
sha=$(printf '%s' "${3-}" | tr 'A-F' 'a-f')
intent=${4:-deploy}
wait=${5:-0s}
url=${HOLDPOINT_URL-}
url=${url%/}
token=${HOLDPOINT_TOKEN-}

command -v curl >/dev/null 2>&1 || refuse "curl is needed, and not there."
case $url in
  *[!!-~]* | *@* | *\?* | *\#*) refuse "HOLDPOINT_URL is no plain address." ;;
  https://?*) ;;
  http://localhost | http://localhost[:/]* | http://127.0.0.1 | http://127.0.0.1[:/]*) ;;
  *) refuse "HOLDPOINT_URL must be the address of your Holdpoint, with https://." ;;
esac
case $token in
  '' | *[!!-~]*) refuse "HOLDPOINT_TOKEN is missing, or holds a character that no token has." ;;
esac
case $repository in
  *[!A-Za-z0-9._/-]* | */*/* | /* | */ | -*) refuse "name one repository: OWNER/REPO." ;;
  */*) ;;
  *) refuse "name one repository: OWNER/REPO." ;;
esac
[ -n "$environment" ] || refuse "say where it is to go: production, say."
case $sha in
  *[!0-9a-f]*) refuse "the sha must be whole: 40 hex digits, 64 in a SHA-256 repository." ;;
esac
[ ${#sha} -eq 40 ] || [ ${#sha} -eq 64 ] || refuse "the sha must be whole: 40 hex digits, 64 in a SHA-256 repository."
case $intent in
  deploy | rollback) ;;
  *) refuse "the intent is deploy or rollback." ;;
esac
number=${wait%?}
case $number in
  '' | *[!0-9]* | ??????*) refuse "the time to wait is a number and a unit: 90s, 10m, 1h." ;;
esac
case $wait in
  *s) seconds=$number ;;
  *m) seconds=$((number * 60)) ;;
  *h) seconds=$((number * 3600)) ;;
  *) refuse "the time to wait is a number and a unit: 90s, 10m, 1h." ;;
esac

folder=$(mktemp -d) || refuse "there is no room for temporary files."
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM

# The token goes in by a pipe: arguments can be seen by everybody on the machine.
ask() {
  printf 'Authorization: Bearer %s\nAccept: text/plain\n' "$token" |
    curl --disable --silent --show-error --max-time 60 --max-filesize 1048576 --max-redirs 0 --proto '=http,https' \
      --get --data-urlencode "environment=$environment" --data-urlencode "sha=$sha" --data-urlencode "intent=$intent" \
      --header @- --output "$folder/answer" --write-out '%{http_code}' \
      "$url/api/v1/repos/$repository/gate" 2>"$folder/problem"
}

# Sets decision to open, held, unknown, or failed with a sentence in problem; changes to yes where asking again may help.
look() {
  decision=failed
  changes=no
  : >"$folder/answer"
  if ! code=$(ask); then
    changes=yes
    problem="Holdpoint could not be reached: $(tr -dc ' -~' <"$folder/problem" | cut -c 1-200)"
    return
  fi
  case $code in
    200)
      read -r first <"$folder/answer" || first=
      # Names in any case: GitHub takes them so, and answers in the one that was chosen.
      about=$(printf '%s' "${first#holdpoint.gate/1 * }" | tr 'A-Z' 'a-z')
      [ "$about" = "$asked" ] || first=
      case $first in
        "holdpoint.gate/1 open "*) decision=open ;;
        "holdpoint.gate/1 held "*) decision=held changes=yes ;;
        "holdpoint.gate/1 unknown "*) decision=unknown changes=yes ;;
        *) problem="the answer is not Holdpoint's, or not about that: a log-in page or a proxy may stand at HOLDPOINT_URL." ;;
      esac
      ;;
    3??) problem="the address answered with a redirect ($code), which is not followed: a token goes nowhere else." ;;
    400) problem="Holdpoint does not understand the question: this script and that Holdpoint may be of different versions." ;;
    401) problem="Holdpoint does not know the token: compare HOLDPOINT_TOKEN with its HOLDPOINT_API_TOKENS." ;;
    404) problem="Holdpoint knows no such repository, or the token may not ask about it." ;;
    408 | 429 | 5??)
      changes=yes
      problem="Holdpoint could not answer at this moment (status $code)."
      ;;
    *) problem="Holdpoint answered with status $code." ;;
  esac
}

asked=$(printf '%s' "$repository $environment $sha" | tr 'A-Z' 'a-z')
end=$(($(date +%s) + seconds))
pause=5
while :; do
  look
  left=$((end - $(date +%s)))
  [ "$changes" = yes ] && [ "$left" -gt 0 ] || break
  [ "$pause" -le "$left" ] || pause=$left
  echo "holdpoint: $decision; asking again in $pause s." >&2
  sleep "$pause"
  pause=$((pause * 3 / 2))
  [ "$pause" -le 30 ] || pause=30
done

[ -z "${GITHUB_OUTPUT-}" ] || {
  if [ "$decision" = failed ]; then echo "decision=unknown"; else echo "decision=$decision"; fi >>"$GITHUB_OUTPUT"
}
[ "$decision" != failed ] || refuse "the gate could not be asked: $problem"
echo "$decision: $repository at $sha to $(printf '%s' "$environment" | tr -d '\000-\037\177')"
# Reasons alone, and nothing that a terminal or a build tool would take for a command.
tr -d '\000-\010\013-\037\177' <"$folder/answer" | sed -n -e '2,$ {' -e '/^- /p' -e '/^  /p' -e '}'
case $decision in
  open) exit 0 ;;
  held) exit 1 ;;
  *) exit 2 ;;
esac
