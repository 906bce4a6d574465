// Runs at the edge for every request: a trailing slash means nothing, and every address that the page itself
// answers (it has no file name at its end) is the page. The API is told who sent a request, and to
// which host, whatever the sender says.
// What demo mode would not look at is refused before it is carried any further.
var MOST_TO_CLASSIFY = 4194304;

function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/\/+$/, '');
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  request.headers['x-viewer-host'] = { value: request.headers.host ? request.headers.host.value : '' };
  var length = request.headers['content-length'];
  if (request.uri === '/api/classify' && length && Number(length.value) > MOST_TO_CLASSIFY) {
    return tooLarge();
  }
  // A service worker takes in what other apps share; where none did, a page says what to do.
  if (request.method === 'POST' && request.uri === '/api/share') {
    return { statusCode: 303, statusDescription: 'See Other', headers: { location: { value: '/share-missed' } } };
  }
  var answeredElsewhere = /^\/(api|media|downloads)(\/|$)|^\/[as]\//.test(request.uri);
  if (!answeredElsewhere && request.uri.split('/').pop().indexOf('.') < 0) {
    request.uri = '/index.html';
  }
  return request;
}

function tooLarge() {
  var problem = {
    type: 'about:blank',
    title: 'Content Too Large',
    status: 413,
    detail: 'The picture is larger than ' + MOST_TO_CLASSIFY / 1048576 + ' MB.',
  };
  return {
    statusCode: 413,
    statusDescription: problem.title,
    headers: { 'content-type': { value: 'application/problem+json' }, 'cache-control': { value: 'no-store' } },
    body: { encoding: 'text', data: JSON.stringify(problem) },
  };
}
