import { Button, EmptyState, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { moment, nameOf } from '@/shared/pictures/words';
import classes from './Administration.module.css';
import { PagedList } from './PagedList';
import { getFailures, redrive } from './requests';
import { Thumbnail } from './Thumbnail';
import { useAct } from './useAct';
import { usePages } from './usePages';

/** Pictures without a caption, and why: those that trouble of ours stopped can be sent through again. */
export function Failures() {
  const list = usePages(['failures'], getFailures);
  const again = useAct(redrive, ({ redriven }) =>
    redriven === 1 ? 'One picture is on its way again.' : `${redriven} pictures are on their way again.`,
  );
  return (
    <PagedList
      list={list}
      things="failures"
      itemsOf={(page) => page.failures}
      empty={
        <EmptyState
          py="xl"
          icon={<IconCircleCheck stroke={1.25} aria-hidden />}
          title="Nothing failed"
          description="Pictures that could not be captioned would be listed here with the reason."
        />
      }
    >
      {(failures) => (
        <>
          {failures.some(({ kind }) => kind === 'dead_letter') && (
            <Group mb="md">
              <Button
                variant="default"
                leftSection={<IconRefresh size={16} aria-hidden />}
                loading={again.isPending}
                onClick={() => again.mutate(undefined)}
              >
                Try again what the captioner gave up on
              </Button>
            </Group>
          )}
          <ul className={classes.list}>
            {failures.map(({ kind, image_id, image, detail, at }) => (
              <li key={`${kind} ${image_id}`}>
                <Thumbnail image={image} />
                <div className={classes.about}>
                  <Text fw={600}>{image ? nameOf(image) : 'A picture that is gone'}</Text>
                  <Text size="sm">{detail}</Text>
                  <Text size="sm" c="dimmed">
                    {kind === 'dead_letter' ? 'Given up after five tries' : 'Can’t be captioned'},{' '}
                    {moment(at)}
                  </Text>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </PagedList>
  );
}
