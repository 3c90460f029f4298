#!/usr/bin/env bash
# Writes ascribe/languages/ascribe.pot out of the plugin's files; needs gettext.
set -euo pipefail
cd "$(dirname "$0")/ascribe"
output=languages/ascribe.pot
common=(--from-code=UTF-8 --add-comments=translators --no-location --no-wrap -k__ -k_x:1,2c)
xgettext "${common[@]}" -L PHP -kesc_html__ -kesc_html_e -kesc_attr__ -o "$output" ascribe.php includes/*.php
xgettext "${common[@]}" -L JavaScript -j -o "$output" assets/*.js
{
    printf '# Sentences of the Ascribe plugin for WordPress, GPL-2.0-or-later.\nmsgid ""\nmsgstr ""\n'
    printf '"Project-Id-Version: Ascribe\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    printf '"Content-Transfer-Encoding: 8bit\\n"\n'
    sed '1,/^$/d' "$output" | sed '1i\\'
} > "$output.new"
mv "$output.new" "$output"
