# Two stages: the first installs into a virtual environment, the second holds that, the weights and nothing else.
# Nothing is fetched when a container starts.
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY service service
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /venv/bin/python -m compileall -q /venv/lib

FROM python:3.11-slim
# Or "accurate": --build-arg MODEL=accurate
ARG MODEL=standard
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin ascribe \
    && mkdir var \
    && chown ascribe var
COPY --from=build /venv /venv
COPY models/${MODEL} models/${MODEL}
COPY seeds seeds
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    MODEL_PATH=models/${MODEL}
USER 10001
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', timeout=4)"]
ENTRYPOINT ["service"]
CMD ["serve"]
