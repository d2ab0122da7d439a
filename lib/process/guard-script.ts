/**
 * The guard is a shell: that is ready in a millisecond, takes a megabyte beside the load, is wherever npm is, and a
 * `killall node` does not hit it. It reads what the tool tells it, one line each:
 *
 *     starting             a process is about to be started
 *     started PID SIGNAL   it leads its group, and is asked to leave by this signal
 *     failed               it could not be started
 *     ended PID            nothing of its group is left
 *     folder PATH          lives as long as the tool
 *
 * The end of its input is the end of the tool. One that ends by itself leaves nothing, and there is nothing to do. Of
 * one that was killed, every group is asked to leave, and is killed where it does not: k6, which is asked by SIGINT and
 * writes what it measured, after 1.5 s, services after the time of grace that they always have.
 *
 * A pid is kept with the time at which its process started, so that a stranger who has the same one later is left
 * alone. (The number of a group is given to nobody as long as a member lives, also when its leader has ended.)
 *
 * Arguments: what every process of the tool carries in its environment, and the seconds of grace.
 */
export const GUARD_SCRIPT = `
trap '' INT TERM HUP QUIT TSTP
mark=$1 grace=$2 groups= folders= is_starting=
newline='
'

# Sets what /proc says of a process: its group, and when it started. Nothing where there is no /proc.
look_at() {
  group= born=
  { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 0
  # pid (name) state parent group ..., where the name can hold anything.
  set -- \${stat##*) }
  group=$3
  shift 19
  born=$1
}
add() { look_at "$1"; groups="$groups $1:$2:$born"; }
drop() {
  kept=
  for each in $groups; do case $each in "$1":*) ;; *) kept="$kept $each" ;; esac; done
  groups=$kept
}
# send SIGNAL WHOM: to the groups that are asked to leave by WHOM; forgets those that are no more.
send() {
  for each in $groups; do
    id=\${each%%:*} rest=\${each#*:}
    ask=\${rest%%:*}
    case $ask in $2) ;; *) continue ;; esac
    look_at "$id"
    if [ -n "$born" ] && [ "$born" != "\${rest#*:}" ]; then drop "$id"
    else kill -s "\${1:-$ask}" -- "-$id" 2>/dev/null || drop "$id"
    fi
  done
}

while IFS= read -r line; do
  rest=\${line#* }
  case $line in
    starting) is_starting=1 ;;
    started' '*) is_starting=; add "\${rest% *}" "\${rest#* }" ;;
    failed) is_starting= ;;
    ended' '*) drop "$rest" ;;
    folder' '*) folders=$folders$rest$newline ;;
  esac
done

# The tool was killed between starting a process and telling of it. That process is there: until it runs its own
# program it holds a copy of the tool's end of our input, which has ended.
if [ -n "$is_starting" ]; then
  for place in /proc/[0-9]*; do
    id=\${place#/proc/}
    look_at "$id"
    # By any member of its group: its leader may have ended already.
    [ -n "$group" ] && grep -q "$mark" "$place/environ" 2>/dev/null || continue
    case " $groups" in *" $group:"*) ;; *) add "$group" INT ;; esac
  done
fi

remove_folders() {
  printf %s "$folders" | while IFS= read -r folder; do [ -n "$folder" ] && rm -rf -- "$folder"; done
}

send '' '*'
remove_folders
tenths=0
while [ -n "$groups" ] && [ "$tenths" -lt "$((grace * 10))" ]; do
  sleep 0.1
  tenths=$((tenths + 1))
  if [ "$tenths" -ge 15 ]; then send KILL INT; fi
  send 0 '*'
done
send KILL '*'
# What was about to be written into one may have come late.
[ -n "$folders" ] && sleep 0.3 && remove_folders
`;
