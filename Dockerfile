FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
# Without isolation, so that what the wheel is built with is pinned too.
RUN pip install --no-cache-dir --constraint constraints.txt hatchling
RUN pip install --no-cache-dir --constraint constraints.txt --no-build-isolation --editable .
# The wheel carries the knowledge, the model and what is learned from both.
RUN pip wheel --no-cache-dir --no-build-isolation --no-deps --wheel-dir /wheels .

FROM python:3.11-slim
RUN useradd --create-home signpost && install -d -o signpost /data
COPY constraints.txt /tmp/
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --constraint /tmp/constraints.txt /wheels/*.whl && rm -r /wheels
USER signpost
ENV SIGNPOST_HOST=0.0.0.0 SIGNPOST_DATA=/data ORT_DISABLE_TELEMETRY=1
VOLUME /data
EXPOSE 8080
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz')"]
CMD ["signpost-bot", "run"]
