#!/bin/sh
# Prepares .venv from requirements.lock, and on Debian as root the system libraries Qt needs. Idempotent; asks nothing.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.prepared
wanted=$(cat requirements.lock tools/setup.sh tools/system-packages.txt | cksum | tr ' ' '-')
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0

say() { printf '%s\n' "$*"; }
is_debian_root() { [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3.12 python3.13 python3.11 python3; do
        path=$(command -v "$name" 2>/dev/null) || continue
        "$path" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue
        printf '%s' "$path"
        return 0
    done
    return 1
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

system_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    packages=$(sed 's/#.*//' tools/system-packages.txt | tr '\n' ' ')
    if command -v dpkg-query >/dev/null 2>&1; then
        missing=
        for package in $packages; do
            dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
        done
        [ -z "$missing" ] && return 0
        if is_debian_root; then
            say "[1/3] 安装系统库 installing system libraries:$missing"
            # shellcheck disable=SC2086
            apt_install $missing && return 0
            say "系统库没有装上,请执行 please run: apt-get install$missing" >&2
        else
            say "缺系统库,请执行 please run: sudo apt-get install$missing" >&2
        fi
    elif ! ldconfig -p 2>/dev/null | grep -q libEGL.so.1; then
        say "缺 Qt 的系统库(libEGL、libxkbcommon、libxcb-cursor 等),请用发行版的包管理器安装" >&2
    fi
}

system_libraries
python=$(find_python) || {
    if is_debian_root; then
        say "[1/3] 安装 Python installing Python"
        apt_install python3 python3-venv
        python=$(find_python) || { say "需要 Python 3.11–3.13 needed" >&2; exit 1; }
    else
        say "需要 Python 3.11–3.13:请安装后再试。Python 3.11–3.13 is needed." >&2
        exit 1
    fi
}
say "[2/3] 建虚拟环境 virtual environment ($("$python" --version))"
if ! "$python" -m venv --clear .venv >/dev/null 2>&1; then
    if is_debian_root; then
        apt_install python3-venv
        "$python" -m venv --clear .venv
    else
        say "缺 venv 模块,请执行 please run: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
say "[3/3] 安装依赖 installing packages (requirements.lock)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
printf '%s' "$wanted" > "$stamp"
say "环境已备好 ready"
