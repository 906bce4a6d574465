import { Anchor } from '@mantine/core';
import { Link, useNavigate, useParams } from 'react-router';
import { OnePost } from '@/features/posts/OnePost';
import { PageTitle } from '@/shared/PageTitle';
import { usePageTitle } from '@/shared/usePageTitle';
import { PostItems } from './PostItems';
import classes from './Posts.module.css';

/** The post that the address names. */
export function PostPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  usePageTitle('Post');
  return (
    <>
      <div className={classes.bar}>
        <PageTitle>Post</PageTitle>
        <Anchor component={Link} to="/posts" size="sm">
          All posts
        </Anchor>
      </div>
      <OnePost
        key={id}
        id={id}
        Items={PostItems}
        onDeleted={() => void navigate('/posts', { replace: true })}
      />
    </>
  );
}
