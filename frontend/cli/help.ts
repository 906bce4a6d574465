export const HELP = `Usage: gallery COMMAND [options]

  login [ADDRESS]         sign in, for this and all further commands; logout ends that
  upload FOLDER…          upload the pictures in folders, or single files; those already there are skipped
      --wait              wait for the captions
      --public            for everybody; else for yourself alone (--private), if you are signed in
      --jobs N            how many at once, 1 to 16 (default 6)
  import PATH…            bring pictures in from Google Takeout, Immich, PhotoPrism, Apple Photos, Lightroom or plain
                          folders, zips as they are, with dates, places, descriptions, favourites and albums
      --dry-run           say what there is and what it takes, and send nothing
      --yes               without asking
      --albums            each folder becomes an album
      --zone ZONE         of pictures that tell no place, such as Europe/Berlin (default: this computer’s)
      --details           name each file that is left out
      --public  --private  --jobs N       as for upload
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
  export --to FOLDER      save everything of yours, originals with what is known of them; import brings it back
      --jobs N            how many at once, 1 to 16 (default 6)
  album list              list your albums; ALBUM, here and below, is a title or an id
  album create TITLE      make one: --description WORDS  --public
  album show ALBUM        list its pictures in their order
  album add ALBUM ID…     put pictures of yours into it; “-” reads their ids from the standard input
  album remove ALBUM ID…  take pictures out of it
  share make ALBUM        make a link for whoever gets it, without an account; prints the address, and a QR code
      --mode view|view_and_add|add_only    what guests may do (default: view)
      --days N  --password                 how long; a password, which is asked for
      --downloads none|renditions|originals  --place    what they may save; whether that tells where it was taken
      --no-review  --name WORDS            show what guests add at once; what to call the link
  share list ALBUM        list its links, without addresses
  share end ALBUM LINK    end a link at once, by its id

Everywhere:
      --url ADDRESS       the gallery (default: GALLERY_URL, else http://localhost:8080)
      --json              results as lines of JSON
      --help  --version

Whoever is signed in is asked for no token; GALLERY_TOKEN may hold one instead, for programs.
Exit codes: 0 all done, 1 some failed, 2 wrong usage, 3 not allowed, 4 no gallery there, 130 stopped by Ctrl-C.`;
