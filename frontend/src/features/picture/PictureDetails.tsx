import { ActionIcon, Alert, Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import {
  IconArchive,
  IconEyeOff,
  IconFlag,
  IconGridDots,
  IconLock,
  IconPencil,
  IconPhotoSearch,
  IconTrash,
} from '@tabler/icons-react';
import { useRef, type ComponentType, type ReactNode, type Ref } from 'react';
import { Link } from 'react-router';
import { usePerson } from '@/api/person';
import type { Image } from '@/api/types';
import { openReport } from '@/shared/report/openReport';
import { useMayChange, useMaySeePlace } from '@/shared/account/rights';
import { nameOfPerson } from '@/shared/people/names';
import { cameraInWords, exposureInWords, mapOf, placeInWords, takenInWords } from '@/shared/pictures/taken';
import { addressOf } from '@/shared/pictures/view';
import { byteSize, formatName, headingOf, moment, nameOf } from '@/shared/pictures/words';
import { useSettings } from '@/shared/settings';
import { Fold } from './Fold';
import { HideCaption } from './HideCaption';
import { HideLabel } from './HideLabel';
import { LabelBars } from './LabelBars';
import classes from './PictureView.module.css';
import { VisibilitySwitch } from './VisibilitySwitch';
import { WordsForm } from './WordsForm';
import type { Field } from './wordsOfForm';

/** What other parts of the page let one do with a picture. */
export type ActionsOnPicture = ComponentType<{ image: Image }>;

interface PictureDetailsProps {
  ref: Ref<HTMLDivElement>;
  image: Image;
  hidden: boolean;
  /** With which field one began to write, null where nobody writes. */
  writing: Field | null;
  onEdit: (first: Field) => void;
  onWritten: () => void;
  Actions: ActionsOnPicture;
}

/** What the gallery knows of a picture, and what is done with it less often. */
export function PictureDetails({ ref, image, hidden, writing, ...props }: PictureDetailsProps) {
  const { onEdit, onWritten, Actions } = props;
  const mayChange = useMayChange(image);
  const person = usePerson();
  const mine = person !== null && person.sub === image.owner;
  const heading = useRef<HTMLHeadingElement>(null);
  const endWriting = () => {
    onWritten();
    heading.current?.focus();
  };
  return (
    <Stack
      component="aside"
      ref={ref}
      hidden={hidden}
      gap="xl"
      className={classes.details}
      aria-label="About this picture"
    >
      <Heading ref={heading} image={image} mayChange={mayChange} />
      {writing && mayChange && <WordsForm image={image} first={writing} onDone={endWriting} />}
      {image.labels.length > 0 && <Labels image={image} mayChange={mayChange} />}
      <Facts image={image} onEdit={mayChange && writing === null ? onEdit : undefined} />
      {mayChange && image.owner !== null && <VisibilitySwitch image={image} />}
      <Group gap="sm">
        <RelatedLinks image={image} />
        <Actions image={image} />
        {!mine && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconFlag size={16} aria-hidden />}
            onClick={() => void openReport({ image_id: image.id })}
          >
            Report
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Where else a picture leads. */
function RelatedLinks({ image }: { image: Image }) {
  const { tile_sets } = useSettings();
  return (
    <>
      {image.status === 'captioned' && (
        <Button
          component={Link}
          to={addressOf({ kind: 'similar', id: image.id })}
          variant="default"
          leftSection={<IconPhotoSearch size={16} aria-hidden />}
        >
          More like this
        </Button>
      )}
      {image.width !== null && tile_sets.length > 0 && (
        <Button
          component={Link}
          to={`/images/${image.id}/mosaic`}
          variant="default"
          leftSection={<IconGridDots size={16} aria-hidden />}
        >
          Mosaic
        </Button>
      )}
    </>
  );
}

function Labels({ image, mayChange }: { image: Image; mayChange: boolean }) {
  const removalOf = (label: string) => <HideLabel image={image} label={label} />;
  return <LabelBars labels={image.labels} removalOf={mayChange ? removalOf : undefined} />;
}

/** What stands in place of a title and a caption. */
function placeholderOf(image: Image): string {
  if (image.status === 'pending') return 'Looking at this picture…';
  return image.status === 'captioned'
    ? image.caption_hidden
      ? 'Caption hidden'
      : 'No caption'
    : nameOf(image);
}

interface HeadingProps {
  ref: Ref<HTMLHeadingElement>;
  image: Image;
  mayChange: boolean;
}

function Heading({ ref, image, mayChange }: HeadingProps) {
  return (
    <Stack gap="xs">
      {image.visibility === 'private' && (
        <Badge variant="default" leftSection={<IconLock size={12} aria-hidden />}>
          Private
        </Badge>
      )}
      {image.hidden && (
        <Alert color="yellow" icon={<IconEyeOff />} title="Hidden by an admin">
          Only its owner and admins see this picture.
        </Alert>
      )}
      {image.archived && (
        <Badge variant="default" leftSection={<IconArchive size={12} aria-hidden />}>
          Archived
        </Badge>
      )}
      {image.trashed_at !== null && (
        <Alert color="yellow" icon={<IconTrash />} title="In the trash">
          It is deleted for good 30 days after it was moved there.
        </Alert>
      )}
      <Title
        ref={ref}
        tabIndex={-1}
        order={2}
        size="h3"
        className={classes.caption}
        aria-live="polite"
        dir="auto"
      >
        {headingOf(image) ?? placeholderOf(image)}
      </Title>
      <Captions image={image} />
      {image.description && (
        <Text dir="auto" className={classes.attribution}>
          {image.description}
        </Text>
      )}
      {mayChange && (image.caption_hidden || image.caption !== null) && <HideCaption image={image} />}
      {image.attribution && (
        <Text size="sm" c="dimmed" dir="auto" className={classes.attribution}>
          {image.attribution}
        </Text>
      )}
      {image.failure && (
        <Alert color="red" title="No caption for this picture">
          {image.failure.detail}
        </Alert>
      )}
    </Stack>
  );
}

/** The sentences that the heading doesn't show, and whose they are where there are several. */
function Captions({ image: { captions, caption_hidden, model, title } }: { image: Image }) {
  return captions.map(({ source, text }, index) => (
    <div key={source}>
      {(index > 0 || title !== null || caption_hidden) && (
        <Text c={caption_hidden ? 'dimmed' : undefined}>{text}</Text>
      )}
      {captions.length > 1 && (
        <Text size="sm" c="dimmed">
          by {source === model ? source : `a language model, ${source}`}
        </Text>
      )}
    </div>
  ));
}

interface FactsProps {
  image: Image;
  /** Begins to write, for those who may. */
  onEdit: ((first: Field) => void) | undefined;
}

function Facts({ image, onEdit }: FactsProps) {
  const maySeePlace = useMaySeePlace(image);
  const [editDate, editPlace] = [onEdit && (() => onEdit('taken')), onEdit && (() => onEdit('place'))];
  return (
    <div>
      <dl className={classes.facts}>
        <Fact name="By">{image.owner_name && <Owner owner={image.owner} name={image.owner_name} />}</Fact>
        <Fact name="Taken" onEdit={editDate}>
          {takenInWords(image)}
        </Fact>
        <Fact name="Camera">{image.camera && <CameraWords camera={image.camera} />}</Fact>
        <Fact name="Place" onEdit={maySeePlace ? editPlace : undefined}>
          {image.location && <Place location={image.location} />}
        </Fact>
        <Fact name="File">{image.filename !== null && <bdi>{image.filename}</bdi>}</Fact>
        <Fact name="Size">{image.size !== null && byteSize(image.size)}</Fact>
        <Fact name="Dimensions">
          {image.width !== null && image.height !== null && `${image.width} × ${image.height} pixels`}
        </Fact>
        <Fact name="Type">{image.type && formatName(image.type)}</Fact>
        <Fact name="Added">{moment(image.created_at)}</Fact>
      </dl>
      {image.model !== null && (
        <Fold summary="How it was captioned">
          <dl className={classes.facts}>
            <Fact name="Model">{image.model}</Fact>
            <Fact name="Duration">
              {image.inference_time_ms !== null &&
                `${image.inference_time_ms.toLocaleString('en', { maximumFractionDigits: 1 })} ms`}
            </Fact>
          </dl>
        </Fold>
      )}
    </div>
  );
}

/** Coordinates that their owner and admins alone are told; the map is asked for nothing before somebody follows the link. */
function Place({ location }: { location: NonNullable<Image['location']> }) {
  return (
    <>
      {placeInWords(location)}
      <br />
      <Anchor href={mapOf(location)} target="_blank" rel="noopener noreferrer" size="sm" underline="always">
        Open in a map
      </Anchor>
      <br />
      <Text span size="xs" c="dimmed">
        Only its owner and admins see this.
      </Text>
    </>
  );
}

/** The camera, and how it was set. */
function CameraWords({ camera }: { camera: NonNullable<Image['camera']> }) {
  const [name, exposure] = [cameraInWords(camera), exposureInWords(camera)];
  return (
    <>
      {name && <bdi>{name}</bdi>}
      {name && exposure && <br />}
      {exposure}
    </>
  );
}

/** Whose a picture is, leading to their pictures. */
function Owner({ owner, name }: Pick<Image, 'owner'> & { name: NonNullable<Image['owner_name']> }) {
  const words = <bdi>{nameOfPerson(name)}</bdi>;
  return owner === null ? (
    words
  ) : (
    <Anchor component={Link} to={addressOf({ kind: 'owner', owner })} size="sm" underline="always">
      {words}
    </Anchor>
  );
}

interface FactProps {
  name: string;
  onEdit?: (() => void) | undefined;
  children: ReactNode;
}

/** One line of the facts; nothing where nothing is known, unless one can say it. */
function Fact({ name, onEdit, children }: FactProps) {
  return children || onEdit ? (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {onEdit && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Change: ${name}`}
            title="Change"
            onClick={onEdit}
          >
            <IconPencil size={14} aria-hidden />
          </ActionIcon>
        )}
      </dd>
    </div>
  ) : null;
}
