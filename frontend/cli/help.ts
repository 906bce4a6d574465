export const HELP = `Usage: gallery COMMAND [options]

  upload FOLDER…          upload the pictures in folders, or single files; those already there are skipped
      --wait              wait for the captions
      --public            for everybody; else for yourself alone (--private), if you are signed in
      --jobs N            how many at once, 1 to 16 (default 6)
  list                    list pictures, newest first
      --label WORD  --owner ID  --status pending|captioned|failed      (at most one)
      --limit N           how many at the most (default 100)
  search QUERY            find pictures by what they show
      --min-score N       from 0 to 1
      --limit N           how many at the most (default 24)
  delete ID…              delete pictures for good; “-” reads their ids from the standard input
      --yes               without asking
  download [ID…]          save pictures; “-” reads their ids from the standard input
      --all  --label WORD  --owner ID      instead of ids
      --to FOLDER         where to (default: this folder)
      --jobs N            how many at once, 1 to 16 (default 6)

Everywhere:
      --url ADDRESS       the gallery (default: GALLERY_URL, else http://localhost:8080)
      --json              results as lines of JSON
      --help  --version

GALLERY_TOKEN holds the access token of whoever is signed in, where the gallery asks for that.
Exit codes: 0 all done, 1 some failed, 2 wrong usage, 3 not allowed, 4 no gallery there, 130 stopped by Ctrl-C.`;
